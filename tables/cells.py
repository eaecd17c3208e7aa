"""What a cell of a file may hold: words that no spreadsheet program takes for a formula.

Every export of the portal goes through here.
"""

import re
import string
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

# What a spreadsheet program takes for the start of a formula, also as it is typed in East Asia.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_BLANK = string.whitespace + "\u00a0\u3000" + _INVISIBLE
# No workbook may hold them. They go first, so that nothing begins with what stood behind one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def safe_value(value: Any) -> str | int | float | Decimal | date | None:
    """Numbers and days as they are, a moment in local time, all else as safe words.

    >>> safe_value(" =1+1")
    "' =1+1"
    """
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, (bool, int, float, Decimal, date)):
        return str(value) if isinstance(value, bool) else value
    text = _CONTROLS.sub("", str(value))
    begins = text.lstrip(_BLANK)
    is_formula = begins.startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if is_formula else text


def safe_cell(value: Any) -> str:
    """The same as text: a moment as day and time, nothing as nothing."""
    safe = safe_value(value)
    if isinstance(safe, datetime):
        return f"{safe:%Y-%m-%d %H:%M:%S}"
    return "" if safe is None else str(safe)
