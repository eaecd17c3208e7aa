"""Reads of erasures, and of what stands in the way of one."""

from datetime import date

from django.db.models import QuerySet

from programme.models import Erasure
from programme.retention.holds import is_held
from reviewers.models import Reviewer
from reviews.models import Review, TeamMember
from training.models import Place

SHOWN = 50


def obstacles(person: Reviewer, *, today: date) -> dict[str, bool]:
    """What ``policies.check_can_erase`` asks about this person."""
    coming_visits = TeamMember.objects.live().filter(
        reviewer=person, review__status__in=Review.COMING
    )
    coming_places = Place.objects.filter(
        reviewer=person,
        outcome__in=Place.OPEN,
        session__held_on__gte=today,
    )
    return {
        "is_held": is_held(person),
        "has_coming_visit": coming_visits.exists(),
        "has_coming_place": coming_places.exists(),
    }


def waiting_for(reviewer: Reviewer) -> Erasure | None:
    """The erasure of this person that waits for a second person."""
    found = Erasure.objects.filter(reviewer=reviewer, state=Erasure.State.WAITING)
    return found.select_related("asked_by").first()


def waiting() -> QuerySet[Erasure]:
    """All that wait for a second person, longest waiting first."""
    found = Erasure.objects.filter(state=Erasure.State.WAITING, reviewer__isnull=False)
    return found.select_related("reviewer", "asked_by").order_by("asked_at", "pk")[:SHOWN]


def done() -> QuerySet[Erasure]:
    """All that were carried out, latest first."""
    found = Erasure.objects.filter(state=Erasure.State.DONE)
    return found.select_related("reviewer", "asked_by", "ended_by").order_by("-ended_at", "-pk")[
        :SHOWN
    ]


def get(pk: int) -> Erasure | None:
    """One erasure of a person, with them."""
    found = Erasure.objects.select_related("reviewer", "asked_by")
    return found.filter(pk=pk, reviewer__isnull=False).first()
