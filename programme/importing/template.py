"""An empty workbook in the import format: the headings, each with what it expects as a comment."""

import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from programme.importing.kinds import Choice, Clock, Day, Email, Names, Text, Whole, YesNo
from programme.importing.sheets import SHEETS, Column

AUTHOR = "LXR Portal"


def template_workbook() -> bytes:
    """The workbook. Uploaded as it is, it has no problem and no row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for index, column in enumerate(sheet.columns, start=1):
            cell = page.cell(1, index, column.name)
            cell.font = Font(bold=column.is_required)
            cell.comment = Comment(expects(column), AUTHOR, height=80, width=260)
            page.column_dimensions[get_column_letter(index)].width = max(14, len(column.name) + 3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def expects(column: Column) -> str:
    """What a column holds, in a sentence."""
    need = "Needed." if column.is_required else "May be blank: not known."
    return f"{_kind(column)} {need}"


def _kind(column: Column) -> str:
    match column.kind:
        case Day():
            return "A date, as YYYY-MM-DD or DD/MM/YYYY."
        case Clock():
            return "A time, as HH:MM."
        case Email():
            return "An email address."
        case YesNo():
            return "yes or no."
        case Whole(least=least, most=most):
            return f"A whole number from {least} to {most}."
        case Choice(words=words):
            return f"One of: {', '.join(words)}."
        case Names(what=what):
            return f"Each {what}, separated by ;."
        case Text(what=what):
            return f"{what.capitalize() or 'Text'}."
    return "Text."
