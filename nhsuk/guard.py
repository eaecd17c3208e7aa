"""What in free text looks as if it could tell who somebody is. A warning to the writer, no more."""

import re
from collections.abc import Callable

from nhsuk.words import in_words


def find(text: str) -> list[str]:
    """The kinds found, in a fixed order, with their article: ``["an NHS number", "a postcode"]``.

    NHS numbers count only with a valid modulus 11 check digit (NHS Data Dictionary, NHS NUMBER).
    """
    return [kind for kind, looks_like in _KINDS.items() if looks_like(text)]


def warning_about(text: str) -> str:
    """A sentence for the writer; empty when nothing was found."""
    found = find(text)
    if not found:
        return ""
    return (
        f"This looks as if it holds {in_words(found)}. "
        "Please take out anything that shows who somebody is."
    )


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry their own check digit: 943 476 5919 does."""
    if len(digits) != 10 or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


_NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
_PHONE = re.compile(r"(?<![\d/])(?:\+44[ ()0-]{0,4}|0)[1-9](?:[ -]?\d){8,9}(?!\d)", re.ASCII)
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}")
_POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2})\b", re.ASCII | re.IGNORECASE
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?[ /.-](?:\d{{1,2}}|(?:{_MONTHS})[a-z]*)[ /.-](?:\d{{4}}|\d{{2}})"
_BIRTH = re.compile(
    rf"(?:\bborn\b|\bd\.?o\.?b\b\.?|date of birth|birthday)\D{{0,20}}{_DAY}", re.IGNORECASE
)
_OLD_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}[ /.-](?:\d{{1,2}}|(?:{_MONTHS})[a-z]*)[ /.-]19\d\d(?!\d)", re.IGNORECASE
)

_KINDS: dict[str, Callable[[str], bool]] = {
    "an NHS number": lambda text: any(
        is_nhs_number(re.sub(r"[ -]", "", each)) for each in _NHS.findall(text)
    ),
    "a phone number": lambda text: bool(_PHONE.search(text)),
    "an email address": lambda text: bool(_EMAIL.search(text)),
    "a postcode": lambda text: bool(_POSTCODE.search(text)),
    "a date of birth": lambda text: bool(_BIRTH.search(text) or _OLD_DATE.search(text)),
}
