"""What an LXR is asked to do beside their next visit: on the page where they arrive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nhsuk.words import nhs_date, nhs_deadline
from reviewers.models import Reviewer, Stage
from reviewers.next_steps import is_to_sign
from reviews.models import TeamMember
from training.models import DocumentVersion
from training.queries import own_invitations
from training.queries.library import to_read_by


@dataclass(frozen=True)
class ToDo:
    """One thing to do: what, where, and until when or why."""

    text: str
    href: str
    note: str = ""


def to_do(
    me: Reviewer | None, later: Iterable[TeamMember], *, is_asked_to_start: bool, today: date
) -> list[ToDo]:
    """What waits for this person, what runs out first on top. Nothing during a break.

    ``later``: their places on visits after the next one, whose question no other page asks.
    ``is_asked_to_start``: we asked how they would like to start. Three queries.
    """
    if me is None or me.stage in {Stage.PAUSED, Stage.LEFT}:
        return []
    return list(_to_do(me, later, is_asked_to_start, today))


def _to_do(
    me: Reviewer, later: Iterable[TeamMember], is_asked_to_start: bool, today: date
) -> Iterator[ToDo]:
    for member in later:
        if member.response == TeamMember.Response.INVITED:
            yield _answering(member)
    for place in own_invitations(me, today=today):
        until = (
            f"We keep a place for you until {nhs_date(place.answer_by)}." if place.answer_by else ""
        )
        session = place.session
        yield ToDo(
            f"Say if you can come to {session.title} on {nhs_date(session.held_on)}",
            reverse("own-training:list"),
            until,
        )
    if is_to_sign(me):
        yield ToDo("Read and sign your role description", reverse("own-reviewers:role-description"))
    reading = list(to_read_by(me))
    if reading:
        yield _reading(reading)
    if is_asked_to_start:
        yield ToDo("Tell us how you would like to start", reverse("own-reviews:first-visit"))


def _answering(member: TeamMember) -> ToDo:
    until = f" Please tell us by {nhs_deadline(member.answer_by)}." if member.answer_by else ""
    can = "stand by for" if member.role == TeamMember.Role.RESERVE else "come to"
    return ToDo(
        f"Say if you can {can} the visit on {nhs_date(member.review.visit_on)}",
        reverse("own-reviews:visit", args=[member.pk]),
        f"At {member.review.service.name}.{until}",
    )


def _reading(reading: list[DocumentVersion]) -> ToDo:
    note = "Please do this before you go on a visit."
    if len(reading) == 1:
        document = reading[0].document
        return ToDo(f"Read “{document}”", reverse("own-library:detail", args=[document.pk]), note)
    return ToDo(f"Read {len(reading)} things about your role", reverse("own-library:list"), note)
