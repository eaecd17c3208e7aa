"""Before somebody is with us: enquiries, and talks about the role."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
from reviewers.models import AccessNeed, Enquiry, Interview, Reviewer, Stage
from reviewers.operations.details import Details, add_reviewer
from reviewers.operations.recording import locked
from reviewers.operations.stage import change_stage
from reviewers.recruitment_policies import (
    check_can_be_interviewed,
    check_interview_day,
    check_is_open,
)
from rules import RuleBroken

INTERVIEW = "interview"
INTERVIEW_OFF = "interview-off"


@transaction.atomic
def receive_enquiry(
    *, name: str, contact: str, needs: str, token: uuid.UUID, now: datetime
) -> Enquiry:
    """Keep what somebody told us on the public page. The form sent twice is one enquiry."""
    enquiry, is_new = Enquiry.objects.get_or_create(
        token=token,
        defaults={
            "name": name.strip(),
            "contact": contact.strip(),
            "needs": needs.strip(),
            "received_at": now,
        },
    )
    if is_new:
        fields = ["name", "contact", "needs"]
        record("received enquiry", on=enquiry, by=None, now=now, fields=fields)
    return enquiry


@transaction.atomic
def add_from_enquiry(
    *,
    enquiry: Enquiry,
    details: Details,
    by: User,
    now: datetime,
    reference: str = "",
    source: str = Reviewer.Source.THEMSELVES.value,
) -> tuple[Reviewer, bool]:
    """The person an enquiry becomes, and whether they are new: asked again, it is the same one.

    What would help us to meet their needs goes with them. Raises RuleBroken for an enquiry that
    was closed, and as ``add_reviewer`` does.
    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.outcome == Enquiry.Outcome.ADDED and held.reviewer is not None:
        return held.reviewer, False
    check_is_open(held)
    reviewer = add_reviewer(details=details, reference=reference, source=source, by=by, now=now)
    if held.needs:
        reviewer.access_needs = held.needs
        reviewer.save(update_fields=["access_needs"])
        AccessNeed.objects.create(reviewer=reviewer, kind=AccessNeed.Kind.OTHER)
    _close(held, Enquiry.Outcome.ADDED, reviewer=reviewer, by=by, now=now)
    return reviewer, True


@transaction.atomic
def close_enquiry(
    *, enquiry: Enquiry, by: User, now: datetime, reviewer: Reviewer | None = None
) -> Enquiry:
    """Deal with an enquiry without adding anybody; ``reviewer``: whom we know them to be.

    Closing it again changes nothing.
    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.outcome == Enquiry.Outcome.OPEN:
        _close(held, Enquiry.Outcome.CLOSED, reviewer=reviewer, by=by, now=now)
    return held


def _close(
    enquiry: Enquiry, outcome: str, *, reviewer: Reviewer | None, by: User, now: datetime
) -> None:
    enquiry.outcome, enquiry.closed_at, enquiry.closed_by = outcome, now, by
    enquiry.reviewer = reviewer
    enquiry.save(update_fields=["outcome", "closed_at", "closed_by", "reviewer"])
    record(
        f"{outcome} enquiry",
        on=enquiry,
        by=by,
        now=now,
        about=reviewer.pk if reviewer else None,
        fields=["outcome"],
    )


@dataclass(frozen=True)
class Talk:
    """An interview, as the form asks."""

    held_on: date
    interviewers: str
    starts_at: time | None = None
    place: str = ""
    outcome: str = Interview.Outcome.PLANNED.value


@transaction.atomic
def save_interview(
    *,
    reviewer: Reviewer,
    talk: Talk,
    by: User,
    now: datetime,
    interview: Interview | None = None,
) -> Interview:
    """Plan an interview, change it, or record what came of it. Saying the same again is nothing.

    Somebody at enquiry is at interview from now on. The person is told when and where, and when it
    is called off. Raises RuleBroken for a day that does not fit, or a second one on a day.
    """
    check_interview_day(outcome=talk.outcome, held_on=talk.held_on, today=localdate(now))
    held = locked(reviewer)
    check_can_be_interviewed(held)
    there = held.interviews.filter(held_on=talk.held_on).first()
    known = interview or there
    if there is not None and known is not None and there.pk != known.pk:
        message = "There is an interview on this day already. Change that one."
        raise RuleBroken(message)
    values = {
        "held_on": talk.held_on,
        "starts_at": talk.starts_at,
        "place": talk.place.strip(),
        "interviewers": talk.interviewers.strip(),
        "outcome": talk.outcome,
    }
    before = None if known is None else (known.outcome, known.held_on)
    found = known or Interview(reviewer=held)
    changed = [each for each, value in values.items() if getattr(found, each) != value]
    if known is not None and not changed:
        return known
    for each, value in values.items():
        setattr(found, each, value)
    found.recorded_by, found.recorded_at = by, now
    found.save()
    action = "planned interview" if talk.outcome == Interview.Outcome.PLANNED else "had interview"
    record(action, on=found, by=by, now=now, about=held.pk, fields=changed)
    if held.stage == Stage.ENQUIRY and talk.outcome != Interview.Outcome.DID_NOT_MEET:
        change_stage(reviewer=held, to=Stage.INTERVIEW, by=by, now=now)
    _tell(found, held, before, now)
    return found


def _tell(
    interview: Interview, reviewer: Reviewer, before: tuple[str, date] | None, now: datetime
) -> None:
    """Write to the person about a new plan, or one that is called off before its day."""
    planned = Interview.Outcome.PLANNED
    if interview.outcome == planned:
        kind, day, template = INTERVIEW, interview.held_on, "planned"
    elif (
        before is not None
        and before[0] == planned
        and before[1] >= localdate(now)
        and interview.outcome == Interview.Outcome.DID_NOT_MEET
    ):
        kind, day, template = INTERVIEW_OFF, before[1], "off"
    else:
        return
    queue(
        key=f"{kind}:{interview.pk}:{now.isoformat()}",
        kind=kind,
        to=addressee(reviewer),
        subject=f"Talking about the role on {day:%A %-d %B}"
        if kind == INTERVIEW
        else f"We do not meet on {day:%A %-d %B}",
        body=letter(
            f"reviewers/messages/interview_{template}.txt",
            {"person": reviewer, "interview": interview, "day": day},
        ),
        about_id=interview.pk,
        now=now,
    )
