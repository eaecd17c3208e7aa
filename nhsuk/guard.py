"""What in free text looks as if it could tell who somebody is. A warning to the writer, no more.

Pure: it looks at the words alone, keeps nothing and asks nobody.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nhsuk import names
from nhsuk.words import in_words

Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """Words that look like something: what kind, with its article, and where they stand."""

    kind: str
    words: str
    start: int
    end: int


def marks(text: str) -> list[Mark]:
    """Everything that looks as if it could tell who somebody is, in the order of the text.

    What lies within something found before, by the order of kinds, is not marked again.
    """
    found: list[Mark] = []
    for kind, spans in _KINDS.items():
        for start, end in spans(text):
            if not any(each.start < end and start < each.end for each in found):
                found.append(Mark(kind, text[start:end], start, end))
    return sorted(found, key=lambda each: each.start)


def find(text: str) -> list[str]:
    """The kinds found, in a fixed order, with their article: ``["an NHS number", "a postcode"]``.

    NHS numbers count only with a valid modulus 11 check digit (NHS Data Dictionary, NHS NUMBER).
    """
    found = {each.kind for each in marks(text)}
    return [kind for kind in _KINDS if kind in found]


def warning_about(text: str) -> str:
    """A sentence for the writer; empty when nothing was found."""
    found = find(text)
    if not found:
        return ""
    return (
        f"This looks as if it holds {in_words(found)}. "
        "Please take out anything that shows who somebody is."
    )


def shown(found: Iterable[Mark]) -> str:
    """What was found, for the writer to see: each once, with what it looks like.

    >>> shown(marks("Ring Sam on 07700 900123"))
    'a name (“Sam”) and a phone number (“07700 900123”)'
    """
    return in_words(list(dict.fromkeys(f"{each.kind} (“{each.words}”)" for each in found)))


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


def _nhs_numbers(text: str) -> Iterator[Span]:
    for each in _NHS.finditer(text):
        if is_nhs_number(re.sub(r"[ -]", "", each[0])):
            yield each.span()


def _matches(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    def spans(text: str) -> Iterator[Span]:
        return (each.span() for pattern in patterns for each in pattern.finditer(text))

    return spans


_KINDS: dict[str, Callable[[str], Iterator[Span]]] = {
    "an NHS number": _nhs_numbers,
    "a phone number": _matches(_PHONE),
    "an email address": _matches(_EMAIL),
    "a postcode": _matches(_POSTCODE),
    "a date of birth": _matches(_BIRTH, _OLD_DATE),
    "a name": names.spans,
}
