"""What the people of the world told us about themselves."""

from typing import Any

from audit.models import Event
from reviewers.models import AccessNeed, Exclusion, Experience, TimeAway
from tests.factories import NOW
from tests.nets.canaries import CANARIES
from tests.nets.growing import day


def tell(world: Any) -> None:
    """Ada shares breaks, and keeps her own words; Ben shares his words; Cal comes today."""
    ada, ben, cal = world.reviewer, world.other.reviewer, world.candidate
    _needs(ada, CANARIES["access needs"], breaks=True, other=False)
    _needs(ben, CANARIES["shared need"], other=True)
    _emergency(ada, CANARIES["emergency contact"])
    _emergency(cal, CANARIES["emergency contact today"])
    # Of the first we were told by an import and have yet to ask; the second said so online.
    world.experience = Experience.objects.create(
        reviewer=ada, directorate=world.directorate, kind="carer"
    )
    world.other.experience = Experience.objects.create(
        reviewer=ben,
        directorate=world.directorate,
        kind="service user",
        consented_at=NOW,
        consent_how="online",
    )
    Event.objects.create(
        at=NOW, action="changed exclusions", actor_id=world.coordinator.pk, person_id=ada.pk,
        object_type="reviewers.reviewer", object_id=str(ada.pk), why="phone",
    )  # fmt: skip
    world.exclusion = Exclusion.objects.create(reviewer=ada, service=world.excluded_service)
    world.time_away = TimeAway.objects.create(reviewer=ada, starts_on=day(60), ends_on=day(67))
    world.other.time_away = TimeAway.objects.create(
        reviewer=ben, starts_on=day(40), ends_on=day(41)
    )


def _needs(reviewer: Any, words: str, **is_shared: bool) -> None:
    reviewer.access_needs = words
    reviewer.save(update_fields=["access_needs"])
    for kind, shared in is_shared.items():
        AccessNeed.objects.create(reviewer=reviewer, kind=kind, is_shared=shared)


def _emergency(reviewer: Any, name: str) -> None:
    reviewer.emergency_name = name
    reviewer.emergency_phone = CANARIES["emergency phone"]
    reviewer.save(update_fields=["emergency_name", "emergency_phone"])
