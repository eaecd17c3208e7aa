"""The world's people on their way to active: who is interested, an interview, what is signed."""

from datetime import time, timedelta
from typing import Any

from reviewers.models import Enquiry, Interview, RoleDescription
from tests.factories import NOW, PDF, ReviewerFactory
from tests.nets.canaries import CANARIES
from tests.nets.growing import day


def joining(world: Any) -> None:
    """Somebody interested, an interview to come, and the role description that people signed."""
    world.trust.enquiries_open = True
    world.trust.save(update_fields=["enquiries_open"])
    ReviewerFactory(stage="training", user=None)
    world.enquiry = Enquiry.objects.create(
        name="Dee Wood",
        contact="fay@example.org",
        needs=CANARIES["enquiry"],
        received_at=NOW - timedelta(days=2),
    )
    world.interview = Interview.objects.create(
        reviewer=world.enquirer,
        held_on=day(5),
        starts_at=time(14),
        place="Market House",
        interviewers="Kim Shaw",
        recorded_at=NOW - timedelta(days=1),
    )
    world.role_description = RoleDescription.objects.create(
        number=1,
        words="You join a team that visits a service.",
        published_at=NOW - timedelta(days=300),
        published_by=world.quality_lead,
        needed_from=day(-300),
    )
    world.role_file = world.role_description.files.create(
        format="large print", name="role.pdf", kind="pdf", size=len(PDF), content=PDF
    )
