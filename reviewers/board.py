"""The board: who is at which stage on the way to active, the longest there first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Value
from django.utils.timezone import localdate

from accounts.models import User
from reviewers import queries, recruitment_queries
from reviewers.models import Reviewer, Stage
from reviewers.next_steps import NextStep, next_steps
from reviewers.stages import DAYS_AT_STAGE, MAY_BE_ASKED_TO_SIGN, next_stages

SHOWN = 10
INTERESTED = "interested"
ASIDE = (Stage.ACTIVE, Stage.PAUSED, Stage.LEFT)


@dataclass(frozen=True)
class Card:
    """One person on the board."""

    person: Reviewer
    step: NextStep
    days: int


@dataclass(frozen=True)
class Column:
    """One stage: the first people, how many there are in all, and where they can go from here."""

    stage: Stage
    cards: list[Card]
    count: int
    longer: int
    ways: list[Stage]

    @property
    def may_remind(self) -> bool:
        """Whether people here are asked to sign the role description."""
        return self.stage in MAY_BE_ASKED_TO_SIGN

    @property
    def days(self) -> int:
        """After so many days somebody is overdue."""
        return DAYS_AT_STAGE[self.stage]

    @property
    def has_more(self) -> bool:
        """Whether people are left out."""
        return self.count > len(self.cards)


@dataclass(frozen=True)
class Board:
    """The stages on the way, how many people are at each other stage, and how many wrote to us."""

    columns: list[Column]
    aside: list[tuple[Stage, int]]
    enquiries: int


def board(user: User, now: datetime) -> Board:
    """The board as this user may see it, in a fixed number of queries.

    Within a stage everybody has the same time, so the longest there first is overdue first.
    """
    today = localdate(now)
    counts = _counts(user, now)
    first: dict[str, list[Reviewer]] = {stage.value: [] for stage in DAYS_AT_STAGE}
    people = _first_of_each(user, [stage for stage in DAYS_AT_STAGE if stage in counts])
    for person in people:
        first[person.stage].append(person)
    steps = next_steps(people, now)
    columns = [
        Column(
            stage,
            [
                Card(person, steps[person.pk], (today - person.stage_since).days)
                for person in first[stage.value]
            ],
            *counts.get(stage, (0, 0)),
            next_stages(stage),
        )
        for stage in DAYS_AT_STAGE
    ]
    aside = [(stage, counts.get(stage, (0, 0))[0]) for stage in ASIDE]
    return Board(columns, aside, enquiries=counts[INTERESTED][0])


def _counts(user: User, now: datetime) -> dict[str, tuple[int, int]]:
    """By stage, how many people there are, and how many of them for longer than they should be.

    And how many enquiries are open, of people who are at no stage yet. All in one query.
    """
    today = localdate(now)
    longer = Q()
    for stage, days in DAYS_AT_STAGE.items():
        longer |= Q(stage=stage, stage_since__lt=today - timedelta(days=days))
    by_stage = (
        queries.people(user)
        .order_by()
        .values_list("stage")
        .annotate(number=Count("pk"), longer=Count("pk", filter=longer))
    )
    interested = (
        recruitment_queries.waiting()
        .order_by()
        .values_list(Value(INTERESTED))
        .annotate(number=Count("pk"), longer=Value(0))
    )
    return {INTERESTED: (0, 0)} | {
        stage: (number, longer) for stage, number, longer in by_stage.union(interested, all=True)
    }


def _first_of_each(user: User, stages: Collection[Stage]) -> list[Reviewer]:
    """The first people of each stage, in one query: each stage's are found by its index."""
    people = queries.people(user)
    shown = Q(pk__in=[])
    for stage in stages:
        longest = people.filter(stage=stage).order_by("stage_since", "pk")
        shown |= Q(pk__in=longest.values("pk")[:SHOWN])
    return list(
        people.filter(shown)
        .only(
            "reference",
            "first_name",
            "last_name",
            "stage",
            "stage_since",
            "role_description_signed_on",
            "signed_version",
        )
        .order_by("stage_since", "pk")
    )
