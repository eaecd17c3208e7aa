"""Steps of tests about erasing."""

from typing import Any

from programme.erasure import operations
from programme.models import Erasure
from reviewers.models import Reviewer, Stage
from tests import factories as make
from tests.factories import NOW, TODAY


def two_people() -> tuple[Any, Any]:
    first = make.UserFactory(name="Kim Shaw", roles=["coordinator"])
    return first, make.UserFactory(name="Lee Grant", roles=["quality_lead"])


def erase(person: Reviewer, now: Any = NOW) -> Erasure:
    first, second = two_people()
    erasure = operations.ask_for_erasure(reviewer=person, reason="they asked", by=first, now=now)
    return operations.confirm_erasure(erasure=erasure, by=second, now=now)


def leave(person: Reviewer) -> None:
    """Somebody of the imported programme leaves, and is on nothing to come."""
    person.memberships.filter(review__status__in=["planned", "confirmed"]).update(
        response="withdrawn", holds_from=None, holds_until=None
    )
    person.places.filter(outcome__in=["booked", "waiting"]).update(outcome="cancelled")
    Reviewer.objects.filter(pk=person.pk).update(
        stage=Stage.LEFT, stage_since=TODAY, paused_until=None
    )
