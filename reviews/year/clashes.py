"""What speaks against a day for a visit: warnings, which a person may overrule. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays

from nhsuk.words import in_words, nhs_date, nhs_day
from organisation.models import Service, ServiceBlock

FRIDAY = 4


@dataclass
class Known:
    """What is known of the days around: coming visits by day, and blocked days by service."""

    most_a_week: int
    visits: Counter[date] = field(default_factory=Counter)
    at_site: dict[tuple[int, date], list[str]] = field(default_factory=dict)
    blocks: Mapping[int, Sequence[ServiceBlock]] = field(default_factory=dict)

    def add(self, service: Service, day: date) -> None:
        """One more visit is planned."""
        self.visits[day] += 1
        self.at_site.setdefault((service.site_id, day), []).append(service.name)


def bank_holiday(day: date) -> str:
    """The name of the bank holiday in England on this day; empty if it is none.

    >>> bank_holiday(date(2026, 12, 25))
    'Christmas Day'
    """
    return str(holidays.country_holidays("GB", subdiv="ENG", years=day.year).get(day) or "")


def clashes(service: Service, day: date, known: Known) -> list[str]:
    """A sentence for each thing that speaks against a visit to the service on that day."""
    found = []
    if day.weekday() > FRIDAY:
        found.append(f"{nhs_day(day)} is at the weekend.")
    if name := bank_holiday(day):
        found.append(f"{nhs_day(day)} is a bank holiday: {name}.")
    found += [
        f"{service} cannot be visited {_days(block)}{f': {block.why}' if block.why else ''}."
        for block in known.blocks.get(service.pk, ())
        if block.first_on <= day <= block.last_on
    ]
    if others := known.at_site.get((service.site_id, day)):
        found.append(f"Another review is at the same site that day: {in_words(sorted(others))}.")
    monday = monday_of(day)
    in_week = sum(known.visits[monday + timedelta(days=each)] for each in range(7))
    if in_week >= known.most_a_week:
        visits = "is already 1 visit" if in_week == 1 else f"are already {in_week} visits"
        found.append(f"There {visits} in that week.")
    return found


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _days(block: ServiceBlock) -> str:
    if block.first_on == block.last_on:
        return f"on {nhs_date(block.first_on)}"
    return f"from {nhs_date(block.first_on)} to {nhs_date(block.last_on)}"


def spread(
    services: Sequence[tuple[Service, date]], days: Sequence[date], known: Known
) -> dict[int, date | None]:
    """A day for each service, evenly over the days, each not before its own first day.

    ``services``: each with the first day that leaves time to get ready, in the order in which they
    are due. Of the days, the one nearest to an even spread on which nothing clashes; where each
    clashes, the one with least against it. None where no day is left. ``known`` is not changed.
    """
    so_far = Known(
        known.most_a_week,
        Counter(known.visits),
        {key: list(names) for key, names in known.at_site.items()},
        known.blocks,
    )
    proposed: dict[int, date | None] = {}
    for index, (service, first) in enumerate(services):
        left = [day for day in days if day >= first and not day.weekday() > FRIDAY]
        if not left:
            proposed[service.pk] = None
            continue
        aim = days[min(int((index + 0.5) * len(days) / len(services)), len(days) - 1)]
        chosen = min(
            left,
            key=lambda day: (len(clashes(service, day, so_far)), abs((day - aim).days), day),
        )
        so_far.add(service, chosen)
        proposed[service.pk] = chosen
    return proposed
