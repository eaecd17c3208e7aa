"""Reads for the figures pages, from the stored months; and the same exactly by day, live."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Min, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from audit.models import Event
from insights.counting import Counts, count_cells, total
from insights.figures import COVERAGE
from insights.models import MonthCounts
from insights.numbers import Share
from insights.operations import refresh_counts
from insights.people import People, count_people, sessions_with_attendees
from insights.periods import Period, add_months, financial_year, last_months, month_of
from insights.stored import counts_by
from insights.suppression import hidden_sessions
from organisation.models import Directorate, Service
from training.models import Session

T = TypeVar("T")
SETTINGS: tuple[str, ...] = tuple(Service.Setting.values)
KEPT = 5 * 60  # seconds
MOST_MONTHS = 240  # months offered; a slip in a date makes no list of centuries


@dataclass(frozen=True)
class Chosen:
    """Which reviews: those of a directorate, of a setting, of both; without either, all."""

    directorate: Directorate | None = None
    setting: str = ""

    @property
    def words(self) -> str:
        """In words, to stand behind a comma; empty for all."""
        names = [self.directorate.name] if self.directorate else []
        return ", ".join(names + ([Service.Setting(self.setting).label] if self.setting else []))

    @property
    def condition(self) -> Q:
        """The condition on stored cells."""
        found = Q(directorate=self.directorate) if self.directorate else Q()
        return found & Q(setting=self.setting) if self.setting else found

    def has(self, directorate: int, setting: str) -> bool:
        """Whether a cell is among them."""
        return self.has_directorate(directorate) and self.has_setting(setting)

    def has_directorate(self, directorate: int) -> bool:
        """Whether the directorate is among them."""
        return self.directorate is None or self.directorate.pk == directorate

    def has_setting(self, setting: str) -> bool:
        """Whether the setting is among them."""
        return self.setting in {"", setting}


ALL = Chosen()


@dataclass(frozen=True)
class Figures:
    """The figures of a period: overall, and of each directorate, setting and month.

    What is chosen narrows them all, but directorates and settings are always all there, to compare:
    a directorate that is chosen narrows the settings, and the other way round.
    """

    period: Period
    overall: Counts
    by_directorate: list[tuple[Directorate, Counts]]
    by_setting: list[tuple[str, Counts]]
    by_month: list[tuple[date, Counts]]


def directorates() -> list[Directorate]:
    """All of them, by name."""
    return list(Directorate.objects.all())


def find_directorate(name: str) -> Directorate | None:
    """The one of that name, however it is written in capitals."""
    return Directorate.objects.filter(name__iexact=name).first()


def months_to_choose(today: date) -> list[date]:
    """Every month from the first with a completed review, or a year ago, until this one."""
    refresh_counts()
    first = MonthCounts.objects.aggregate(first=Min("month"))["first"]
    a_year_ago = add_months(month_of(today), -12)
    last_year = financial_year(financial_year(today) - timedelta(days=1))
    since = max(
        min(filter(None, (first, a_year_ago, last_year))), add_months(a_year_ago, -MOST_MONTHS)
    )
    return list(Period(since, today).months)


def stored_in(period: Period) -> Q:
    """The condition on stored cells: of the whole months of a period."""
    return Q(month__gte=month_of(period.since), month__lte=period.until)


def read_figures(period: Period, names: list[Directorate], chosen: Chosen = ALL) -> Figures:
    """The stored figures of whole months. Call ``refresh_counts`` before. Three queries."""
    by_month = counts_by("month", period, chosen.directorate, chosen.setting)
    by_directorate = counts_by("directorate_id", period, None, chosen.setting)
    by_setting = counts_by("setting", period, chosen.directorate, "")
    return Figures(
        period,
        total(by_month.values()),
        [(each, by_directorate.get(each.pk, Counts())) for each in names],
        [(setting, by_setting.get(setting, Counts())) for setting in SETTINGS],
        [(month, by_month.get(month, Counts())) for month in period.months],
    )


def count_figures(period: Period, chosen: Chosen = ALL) -> Figures:
    """The same of exactly these days, counted from the reviews themselves."""
    cells = count_cells([(period.since, period.until + timedelta(days=1))])
    ours = {cell: counts for cell, counts in cells.items() if chosen.has(*cell[1:])}
    in_setting = {cell: c for cell, c in cells.items() if chosen.has_setting(cell[2])}
    in_directorate = {cell: c for cell, c in cells.items() if chosen.has_directorate(cell[1])}
    return Figures(
        period,
        total(ours.values()),
        [
            (each, total(c for (_, d, _), c in in_setting.items() if d == each.pk))
            for each in directorates()
        ],
        [
            (setting, total(c for (*_, s), c in in_directorate.items() if s == setting))
            for setting in SETTINGS
        ],
        [(month, total(c for (m, *_), c in ours.items() if m == month)) for month in period.months],
    )


def counts_by_month_so_far(today: date) -> dict[date, Counts]:
    """What is stored of every month there ever was, in the whole programme. One query."""
    return counts_by("month", Period(date.min, today), None, "")


def coverage_by_month(period: Period, chosen: Chosen = ALL) -> list[tuple[date, Share]]:
    """Coverage of each of these months. Call ``refresh_counts`` before. Three queries."""
    figures = read_figures(period, [], chosen)
    return [(month, COVERAGE.value_of(counts)) for month, counts in figures.by_month]


def held_sessions(day: date) -> QuerySet[Any]:
    """Every session held by the day, each with ``attendees``."""
    return sessions_with_attendees(day)


def people_as_at(day: date) -> People:
    """Trained, still here, been on a review; counted again once anything has happened."""
    return _kept(f"people:{day}", lambda: count_people(day))


def latest_sessions(day: date, most: int) -> tuple[list[Session], bool]:
    """The last ``most`` sessions held by the day, oldest first, and whether any came before."""

    def read() -> list[Session]:
        found = sessions_with_attendees(day).order_by("-held_on", "-id")[: most + 1]
        return list(found.only("code", "title", "kind", "held_on"))

    latest = _kept(f"sessions:{day}:{most}", read)
    return latest[:most][::-1], len(latest) > most


def _kept(name: str, count: Callable[[], T]) -> T:
    """What ``count`` finds, from the cache as long as nothing has happened.

    Whatever changes these figures writes an audit event in its transaction, so the last event
    names the state they were counted in. Two changes that overlap in time could leave them behind
    by one: they are kept for five minutes at most.
    """
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    found: T | None = cache.get(f"{name}:{last}")
    if found is None:
        found = count()
        cache.set(f"{name}:{last}", found, timeout=KEPT)
    return found


def hidden_session_ids(day: date) -> set[int]:
    """Sessions held by the day whose number of attendees is hidden from observers."""
    counts = sessions_with_attendees(day).order_by().values_list("pk", "kind", "attendees")
    return hidden_sessions(list(counts))


def sees_small_numbers(user: User) -> bool:
    """Whether small numbers of people may be shown: to whoever sees the people themselves."""
    return user.may(Permission.SEE_PEOPLE)


@dataclass(frozen=True)
class Headline:
    """Coverage in a sentence's worth of numbers."""

    period: Period
    coverage: Share


def headline(user: User, now: datetime) -> Headline | None:
    """Coverage of the last 12 months, for whoever may see figures."""
    if not user.may(Permission.SEE_FIGURES):
        return None
    refresh_counts()
    period = last_months(12, timezone.localdate(now))
    rows = MonthCounts.objects.filter(month__gte=period.since, month__lte=period.until)
    names = ("covered", "completed")
    sums = rows.aggregate(**{name: Sum(name, default=0) for name in names})
    return Headline(period, COVERAGE.value_of(Counts(**sums)))
