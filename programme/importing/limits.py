"""How large a file may be. Each refusal names its limit."""

MEBIBYTE = 1024 * 1024

FILE_BYTES = 10 * MEBIBYTE
UNPACKED_BYTES = 100 * MEBIBYTE
PART_BYTES = 30 * MEBIBYTE  # a part of a workbook that has to be held whole, as its texts have
ROW_BYTES = 2 * MEBIBYTE
FILES_IN_ARCHIVE = 200
ROWS_A_SHEET = 100_000
ROWS_IN_ALL = 200_000
LAST_ROW = 1_048_576  # a spreadsheet's own
COLUMNS = 60
CELL_CHARACTERS = 32_767  # what a spreadsheet's own cell can hold
PROBLEMS_SHOWN = 500
KEPT_SHOWN = 500
LEFT_OUT = 50
HOURS_KEPT = 24
