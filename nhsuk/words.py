"""Dates, times, telephone numbers and lists as the NHS writes them. No clock in here."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime


def in_london(moment: datetime) -> datetime:
    """The moment on the clock of Europe/London."""
    return localtime(moment) if is_aware(moment) else moment


def nhs_date(day: date | None) -> str:
    """``10 June 2026``; empty without a date. A moment counts as its day in London."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = in_london(day).date()
    return f"{day.day} {day:%B %Y}"


def nhs_day(day: date | None) -> str:
    """``Wednesday 10 June 2026``."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = in_london(day).date()
    return f"{day:%A} {nhs_date(day)}"


def nhs_time(moment: time | datetime | None) -> str:
    """``9:30am``, ``5pm``, ``midday``, ``midnight``."""
    if moment is None:
        return ""
    clock = in_london(moment).time() if isinstance(moment, datetime) else moment
    if (clock.hour, clock.minute) == (0, 0):
        return "midnight"
    if (clock.hour, clock.minute) == (12, 0):
        return "midday"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def nhs_moment(moment: datetime | None) -> str:
    """``9:30am on 10 June 2026``."""
    return f"{nhs_time(moment)} on {nhs_date(moment)}" if moment else ""


def nhs_deadline(moment: datetime | None) -> str:
    """``Friday 12 June 2026`` for midnight at its end, else ``3:30pm on 11 June 2026``."""
    if moment is None:
        return ""
    local = in_london(moment)
    if local.time() == time():
        return nhs_day((local - timedelta(days=1)).date())
    return nhs_moment(moment)


def nhs_hours(starts_at: time | None, ends_at: time | None) -> str:
    """``9:30am to 3:30pm``; a visit without times is ``all day``."""
    if starts_at is None:
        return "all day"
    if ends_at is None:
        return f"from {nhs_time(starts_at)}"
    return f"{nhs_time(starts_at)} to {nhs_time(ends_at)}"


_PHONE = re.compile(r"(?<!\d)(?:[+0]\d[\d ()-]{6,18}\d|116 ?\d{3}|111|999)(?!\d)", re.ASCII)


def with_phones(text: str) -> SafeString:
    """The text with each telephone number in it as a link that rings it, kept on one line.

    >>> with_phones("NHS 111, and choose option 2")
    'NHS <a class="nhsuk-link app-nowrap" href="tel:111">111</a>, and choose option 2'
    """
    return SafeString(_PHONE.sub(_ringing, conditional_escape(text)))


def _ringing(found: re.Match[str]) -> str:
    number = re.sub(r"\(0\)|[^+\d]", "", found[0])
    return f'<a class="nhsuk-link app-nowrap" href="tel:{number}">{found[0]}</a>'


def in_words(things: Sequence[object], last: str = "and") -> str:
    """``A, B and C``."""
    words = [str(thing) for thing in things]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
