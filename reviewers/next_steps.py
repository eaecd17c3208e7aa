"""What comes next for somebody on the way to active, and whose move it is: the one definition.

The board, home and a person's page all ask here. What floors above know of a person (their checks
are ready, they are trained or booked) they register in a ``stage_facts.py`` of their own; of
checks nothing else ever arrives here, so every delay reads alike.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from nhsuk.words import nhs_date
from organisation.models import TrustSettings
from organisation.queries import trust_settings
from reviewers.models import Interview, Reviewer, Stage
from reviewers.role_descriptions import has_signed, newest, number_asked_for
from reviewers.stages import is_overdue


class Fact(StrEnum):
    """What a floor above may say of people: nothing but yes or no."""

    READY = "ready"  # their checks are in place
    BOOKED = "booked"  # they have a place at a session to come
    TRAINED = "trained"
    CHECKS_FIRST = "checks first"  # the trust asks for checks before training


Condition = Callable[[datetime, Collection[int], TrustSettings], Q]
FACTS: dict[Fact, Condition] = {}


def register(fact: Fact, condition: Condition) -> None:
    """Make known of whom a fact is true: the condition on people, as at a moment.

    It is given the ids of those who are asked about, so that it need look at nobody else, and the
    trust's settings.
    """
    FACTS[fact] = condition


class Move(StrEnum):
    """Whose move it is."""

    YOURS = "Your move"
    THEIRS = "Their move"
    CHECKS_TEAM = "The checks team’s move"
    NOBODY = "Nothing to do now"


@dataclass(frozen=True)
class NextStep:
    """What comes next, whose move it is, and since when the person is where they are."""

    move: Move
    words: str
    since: str
    is_overdue: bool = False

    @property
    def what(self) -> str:
        """Whose move, and what: one sentence without its stop."""
        return f"{self.move}: {self.words}" if self.words else str(self.move)

    def __str__(self) -> str:
        return f"{self.what}. {self.since}."


@dataclass(frozen=True)
class Known:
    """What is known of one person, loaded before. ``interview_on``: the day of their latest."""

    today: date
    interview_on: date | None = None
    outcome: str = ""
    has_signed: bool = True
    facts: frozenset[Fact] = frozenset()


def next_steps(people: Iterable[Reviewer], now: datetime) -> dict[int, NextStep]:
    """The next step of each by id, in a fixed number of queries however many there are."""
    people = list(people)
    known = known_of(people, now)
    return {person.pk: next_step(person, known[person.pk]) for person in people}


def known_of(people: Collection[Reviewer], now: datetime) -> dict[int, Known]:
    """What the next step of each hangs on, by id, in two queries at most.

    What makes no difference at anybody's stage is not asked.
    """
    today, by_pk = localdate(now), {person.pk: person for person in people}
    asked: dict[str, Any] = {"number": number_asked_for()}
    if any(person.stage in _HANGS_ON_INTERVIEW for person in people):
        latest = Interview.objects.filter(reviewer=OuterRef("pk")).order_by("-held_on", "-pk")
        asked |= {name: Subquery(latest.values(name)[:1]) for name in ("held_on", "outcome")}
    on_the_way = [person.pk for person in people if person.stage in _HANGS_ON_FACTS]
    if on_the_way:
        trust = trust_settings()
        asked |= {
            fact.name: ExpressionWrapper(
                condition(now, on_the_way, trust), output_field=BooleanField()
            )
            for fact, condition in FACTS.items()
        }
    rows = Reviewer.objects.filter(pk__in=by_pk).annotate(**asked).values("pk", *asked)
    return {
        row["pk"]: Known(
            today,
            row.get("held_on"),
            row.get("outcome") or "",
            has_signed(by_pk[row["pk"]], row["number"]),
            frozenset(fact for fact in FACTS if row.get(fact.name)),
        )
        for row in rows.order_by()
    }


def is_to_sign(person: Reviewer) -> bool:
    """Whether a version is published that this person has still to sign."""
    version = newest()
    return version is not None and not has_signed(person, version.number)


def next_step(person: Reviewer, known: Known) -> NextStep:
    """What comes next for one person of whom this is known."""
    move, words = _STEPS[Stage(person.stage)](known)
    since = f"{_SINCE[Stage(person.stage)]} since {nhs_date(person.stage_since)}"
    # Where nothing is to be done, nothing is late.
    late = move != Move.NOBODY and is_overdue(person.stage, person.stage_since, known.today)
    return NextStep(move, words, since, late)


_HANGS_ON_INTERVIEW = (Stage.ENQUIRY, Stage.INTERVIEW)
_HANGS_ON_FACTS = (Stage.CHECKS, Stage.TRAINING)
_SINCE = {
    Stage.ENQUIRY: "At enquiry",
    Stage.INTERVIEW: "At interview",
    Stage.CHECKS: "With the checks team",
    Stage.TRAINING: "Waiting for training",
    Stage.ACTIVE: "Active",
    Stage.PAUSED: "Taking a break",
    Stage.LEFT: "Left",
}
Step = tuple[Move, str]


def _before_checks(known: Known) -> Step:
    if known.interview_on is None:
        return Move.YOURS, "arrange an interview"
    match known.outcome:
        case Interview.Outcome.PLANNED if known.interview_on >= known.today:
            return Move.NOBODY, f"the interview is on {nhs_date(known.interview_on)}"
        case Interview.Outcome.PLANNED:
            return Move.YOURS, "record the interview"
        case Interview.Outcome.GO_ON:
            return Move.YOURS, "move them on to checks"
        case Interview.Outcome.THINKING:
            return Move.THEIRS, "say if they want to go on"
        case Interview.Outcome.NOT_NOW:
            return Move.YOURS, "agree when to talk again"
        case _:
            return Move.YOURS, "arrange another interview"


def _checks(known: Known) -> Step:
    if not known.has_signed:
        return Move.THEIRS, "sign the role description"
    if Fact.READY not in known.facts:
        return Move.CHECKS_TEAM, ""
    if Fact.TRAINED in known.facts:
        return Move.YOURS, "move them on to active"
    return Move.YOURS, "move them on to training"


def _training(known: Known) -> Step:
    if Fact.TRAINED in known.facts and not known.has_signed:
        return Move.THEIRS, "sign the role description"
    if Fact.TRAINED in known.facts:
        return Move.YOURS, "move them on to active"
    if Fact.BOOKED in known.facts:
        return Move.NOBODY, "they have a place at training"
    if Fact.CHECKS_FIRST in known.facts and Fact.READY not in known.facts:
        return Move.CHECKS_TEAM, ""
    return Move.YOURS, "offer a place at training"


def _active(known: Known) -> Step:
    if not known.has_signed:
        return Move.THEIRS, "sign the new role description"
    return Move.NOBODY, ""


_STEPS: dict[Stage, Callable[[Known], Step]] = {
    Stage.ENQUIRY: _before_checks,
    Stage.INTERVIEW: _before_checks,
    Stage.CHECKS: _checks,
    Stage.TRAINING: _training,
    Stage.ACTIVE: _active,
    Stage.PAUSED: lambda known: (Move.NOBODY, "they tell us when they are back"),
    Stage.LEFT: lambda known: (Move.NOBODY, ""),
}
