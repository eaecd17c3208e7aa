"""A month as a calendar shows it: whole weeks, each day with its visits. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404

from reviews.models import Review
from reviews.year.clashes import bank_holiday, monday_of

SHAPE = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Day:
    """A day of the calendar: its visits, and what is special about it."""

    on: date
    is_in_month: bool
    is_today: bool
    can_be_moved_to: bool
    bank_holiday: str
    visits: list[Review]


@dataclass(frozen=True)
class Month:
    """A month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Month":
        """The month that follows."""
        return month_of(self.first + timedelta(days=31))

    @property
    def before(self) -> "Month":
        """The month before it."""
        return month_of(self.first - timedelta(days=1))

    @property
    def key(self) -> str:
        """As an address says it."""
        return f"{self.first:%Y-%m}"

    def weeks(self, visits: Sequence[Review], today: date) -> list[list[Day]]:
        """Its weeks, from Monday to Sunday."""
        by_day: dict[date, list[Review]] = {}
        for visit in visits:
            by_day.setdefault(visit.visit_on, []).append(visit)
        found, day = [], monday_of(self.first)
        while day <= self.last:
            week = [day + timedelta(days=each) for each in range(7)]
            found.append(
                [
                    Day(
                        each,
                        is_in_month=self.first <= each <= self.last,
                        is_today=each == today,
                        can_be_moved_to=each >= today,
                        bank_holiday=bank_holiday(each),
                        visits=by_day.get(each, []),
                    )
                    for each in week
                ]
            )
            day += timedelta(days=7)
        return found


def month_of(day: date) -> Month:
    """The month that the day is in."""
    return Month(day.replace(day=1))


def month_called(key: str) -> Month:
    """The month that an address names. Raises Http404 for anything else."""
    found = SHAPE.fullmatch(key)
    if found is None:
        raise Http404
    return Month(date(int(found[1]), int(found[2]), 1))
