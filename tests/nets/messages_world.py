"""Messages, long work and uploads in the nets' world."""

import json
from typing import Any
from uuid import uuid4

from jobs.models import Job
from notifications.models import Message
from programme.models import Upload
from tests.factories import NOW
from tests.nets.canaries import CANARIES


def add_messages_and_jobs(world: Any) -> None:
    """Messages of each way, jobs and uploads; each of two people."""

    def message(key: str, channel: str, reviewer: Any, **more: Any) -> Any:
        return Message.objects.create(
            key=key,
            kind="invitation",
            about_id=world.invitation.pk,
            recipient_kind="reviewer",
            recipient_id=reviewer.pk,
            recipient_name=str(reviewer),
            channel=channel,
            subject="Visit with the quality team",
            body=CANARIES["letter"],
            queued_at=NOW,
            due_at=NOW,
            **more,
        )

    world.message = message("world:email", "email", world.reviewer, address="ada@example.org")
    world.call = message("world:call", "phone", world.other.reviewer, address="07700 900001")
    world.letter = message("world:letter", "post", world.enquirer, address="3 Mill Lane")
    world.failed_message = message(
        "world:failed",
        "email",
        world.reviewer,
        address="ada@example.org",
        state="failed",
        problem="The address was refused.",
    )
    world.job = job_of(world.coordinator)
    world.other.job = job_of(world.quality_lead)
    world.upload = upload_of(world.coordinator)
    world.other.upload = upload_of(world.quality_lead)


def job_of(user: Any) -> Job:
    """Something that somebody asked for."""
    return Job.objects.create(kind="read an import", asked_by=user, asked_at=NOW)


def upload_of(user: Any) -> Upload:
    """A file that was read: an unknown sheet, and something kept."""
    problem = {"sheet": "Notes", "row": 1, "column": "", "value": "Notes"}
    found = {
        "counts": {"Staff": {"new": 2, "changed": 1, "unchanged": 3}},
        "problems": [{**problem, "expected": "a sheet", "can_leave_out": "Notes"}],
        "problems_total": 1,
        "skipped": ["the check columns"],
        "kept": [{"sheet": "Staff", "row": 2, "name": "Lee Grant", "column": "Email"}],
        "kept_total": 1,
    }
    return Upload.objects.create(
        token=uuid4(), asked_by=user, asked_at=NOW, name="programme.xlsx",
        taking="programme", content=b"PK", state="ready", outcome=json.dumps(found),
    )  # fmt: skip
