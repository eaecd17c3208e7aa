"""From cells to values: headings, kinds, blanks and keys, every problem at once."""

from collections.abc import Collection, Iterable

from programme.importing.batch import Batch, Key, Row, key_of
from programme.importing.kinds import Wrong
from programme.importing.limits import ROWS_IN_ALL
from programme.importing.problems import FileRefused
from programme.importing.reading.tables import Cells, Table
from programme.importing.sheets import BY_NAME, CHECK_NAMES, SHEETS, Column, Sheet, folded
from programme.importing.taking import Taking

KNOWN_SHEETS = f"one of the sheets {', '.join(sheet.name for sheet in SHEETS)}"


def check(tables: Iterable[Table], *, taking: Taking, leave_out: Collection[str] = ()) -> Batch:
    """The rows that are taken, with every problem of headings, kinds, blanks and repeated keys.

    ``leave_out`` names unknown sheets and columns (as ``Sheet: Column`` or plainly) that may be
    passed over. Raises FileRefused for a file that cannot be read at all.
    """
    batch = Batch(taking)
    passed_over = {folded(name) for name in leave_out}
    seen: set[str] = set()
    total = 0
    for table in tables:
        name = folded(table.name)
        sheet = BY_NAME.get(name)
        if sheet is None:
            if name not in passed_over:
                batch.problems.add(
                    table.name, None, "", table.name, KNOWN_SHEETS, can_leave_out=table.name
                )
            continue
        if name in seen:
            batch.problems.add(sheet.name, None, "", table.name, "this sheet once")
            continue
        seen.add(name)
        if not taking.columns_of(sheet):
            batch.skipped.append(f"the sheet {sheet.name}")
            continue
        _Reader(batch, sheet, passed_over).read(table)
        total += len(batch.of(sheet))
        if total > ROWS_IN_ALL:
            raise FileRefused(f"The file has more than {ROWS_IN_ALL:,} rows in all.")
    _check_something_there(batch, seen)
    return batch


def _check_something_there(batch: Batch, seen: set[str]) -> None:
    if not seen & {folded(sheet.name) for sheet in batch.taking.sheets}:
        wanted = ", ".join(sheet.name for sheet in batch.taking.sheets)
        batch.problems.add("The file", None, "", "", f"at least one of the sheets {wanted}")


class _Reader:
    """Reads one table into the batch."""

    def __init__(self, batch: Batch, sheet: Sheet, passed_over: set[str]) -> None:
        self.batch = batch
        self.sheet = sheet
        self.passed_over = passed_over
        self.columns: dict[int, Column] = {}
        self.ignored: set[int] = set()
        self.rows: dict[Key, Row] = {}
        batch.rows[sheet.name] = self.rows

    def read(self, table: Table) -> None:
        """All rows of the table."""
        problems = self.batch.problems
        if table.problem:
            problems.add(self.sheet.name, None, "", "", table.problem)
            return
        rows = iter(table.rows)
        first = next(rows, None)
        if first is None:
            problems.add(self.sheet.name, None, "", "", "a first row with the headings")
            return
        if self._headings(*first):
            for number, cells in rows:
                self._row(number, cells)
        else:
            for _ in rows:  # the limits hold for these too
                pass

    def _headings(self, number: int, cells: Cells) -> bool:
        """Match the headings; whether rows can be read under them."""
        problems, sheet = self.batch.problems, self.sheet
        taken = {column.name for column in self.batch.taking.columns_of(sheet)}
        found: set[str] = set()
        skipped = []
        can_read = True
        for index, cell in cells.items():
            heading = str(cell)
            column = sheet.by_heading.get(folded(heading))
            if column is None:
                self.ignored.add(index)
                if not self.passed_over & {folded(heading), folded(f"{sheet.name}: {heading}")}:
                    problems.add(
                        sheet.name,
                        number,
                        heading,
                        heading,
                        f"one of the columns {', '.join(each.name for each in sheet.columns)}",
                        can_leave_out=f"{sheet.name}: {' '.join(heading.split())}",
                    )
            elif column.name in found:
                problems.add(sheet.name, number, column.name, heading, "this column once")
                can_read = False
            else:
                found.add(column.name)
                if column.name in taken:
                    self.columns[index] = column
                else:
                    self.ignored.add(index)
                    skipped.append(column.name)
        self._say_skipped(skipped)
        for column in self.batch.taking.columns_of(sheet):
            if (column.is_required or column.in_key) and column.name not in found:
                if not column.is_required:
                    continue
                problems.add(sheet.name, number, column.name, "", "this column")
                can_read = False
        return can_read

    def _say_skipped(self, skipped: list[str]) -> None:
        if not skipped:
            return
        if self.batch.taking is Taking.PROGRAMME and set(skipped) <= CHECK_NAMES:
            self.batch.skipped.append("the check columns, which a checks officer brings in")
        else:
            self.batch.skipped.append(f"the other columns of {self.sheet.name}")

    def _row(self, number: int, cells: Cells) -> None:
        values: dict[str, object] = {}
        is_whole = True
        problems, sheet = self.batch.problems, self.sheet
        for index, raw in cells.items():
            column = self.columns.get(index)
            if column is None:
                if index not in self.ignored:
                    problems.add(sheet.name, number, "", raw, "a heading above this value")
                continue
            try:
                value = column.kind.read(raw)
            except Wrong as wrong:
                problems.add(sheet.name, number, column.name, raw, str(wrong))
                is_whole = is_whole and not column.in_key
                values[column.name] = None
                continue
            if value not in ("", ()):
                values[column.name] = value
        for column in self.columns.values():
            if column.is_required and column.name not in values:
                problems.add(sheet.name, number, column.name, "", "a value: this is blank")
                is_whole = is_whole and not column.in_key
        if not is_whole:
            return
        without = frozenset(name for name, value in values.items() if value is None)
        values = {name: value for name, value in values.items() if value is not None}
        self._keep(number, values, without)

    def _keep(self, number: int, values: dict[str, object], wrong: frozenset[str]) -> None:
        names = [column.name for column in self.sheet.key_columns]
        key = key_of(*(values.get(name) for name in names))
        earlier = self.rows.get(key)
        if earlier is not None:
            self.batch.problems.add(
                self.sheet.name,
                number,
                names[-1] if values.get(names[-1]) else names[0],
                values.get(names[-1]) or values.get(names[0]),
                f"each {' and '.join(names).lower()} once: row {earlier.number} has it too",
            )
            return
        self.rows[key] = Row(number, key, values, wrong)
