"""What a rule of retention says: how long rows stay, counted from what, and what happens then."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.utils.timezone import make_aware

from organisation.models import TrustSettings


class Then(enum.StrEnum):
    """What happens to a row whose time is over."""

    DELETE = "Deleted"
    CLEAR = "Cleared"
    ANONYMISE = "Made anonymous"


@dataclass(frozen=True)
class Otherwise:
    """No clock of its own: kept, or gone together with something else. The sentence says which."""

    sentence: str


@dataclass(frozen=True)
class Goes:
    """The row goes when so many months and days are over, counted from something.

    ``setting`` names the number of months in the trust's settings instead. ``fields`` are those
    that are cleared; ``stays`` says what is left of the row.
    """

    counted_from: str
    months: int = 0
    days: int = 0
    setting: str = ""
    then: Then = Then.DELETE
    fields: tuple[str, ...] = ()
    what: str = ""
    stays: str = ""

    def period(self, trust: TrustSettings) -> relativedelta:
        """How long the rows stay."""
        months = getattr(trust, self.setting) if self.setting else self.months
        return relativedelta(months=months, days=self.days)

    def cut_off(self, on: date, trust: TrustSettings) -> "CutOff":
        """What had to happen by when, for a row to be due on that day."""
        return CutOff(last_day_before(on, self.period(trust)))

    def sentence_for(self, trust: TrustSettings) -> str:
        """The rule in words, with the trust's own number of months."""
        period = self.period(trust)
        long = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in (
                (period.years, "year"),
                (period.months, "month"),
                (period.days, "day"),
            )
            if count
        ]
        what = f"{self.what} {self.then.lower()}" if self.what else self.then.value
        when = f"{' and '.join(long)} after" if long else "the night after"
        return f"{what} {when} {self.counted_from}.{f' {self.stays}' if self.stays else ''}"

    @property
    def sentence(self) -> str:
        """The rule in words, with the number of months a trust starts with."""
        return self.sentence_for(TrustSettings())


Retention = Goes | Otherwise


@dataclass(frozen=True)
class CutOff:
    """The last day on which something had to happen, for a row to be due."""

    day: date

    @cached_property
    def moment(self) -> datetime:
        """The end of that day, local time: what happened before it counts."""
        return make_aware(datetime.combine(self.day + timedelta(days=1), time()))


def last_day_before(on: date, period: relativedelta) -> date:
    """The last day from which the period is over by ``on``.

    Months end at different days, so several days may reach the same one: six months from 28, 29,
    30 and 31 August all end on 28 February.

    >>> last_day_before(date(2026, 2, 28), relativedelta(months=6))
    datetime.date(2025, 8, 31)
    """
    day = on - period
    while day + timedelta(days=1) + period <= on:
        day += timedelta(days=1)
    return day
