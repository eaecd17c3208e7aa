"""Visits in a person's story: asked, said yes, came.

Who could not come, or did not come, is not told: it never counts against anybody. So a place that
came to nothing leaves no trace here, not even that the person was asked.
"""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from nhsuk.words import nhs_date
from reviewers.models import Reviewer
from reviewers.story import COMING, Before, Entry, Source, register, start_of
from reviews.models import Review, TeamMember
from reviews.of_person import memberships_of

ACCEPTED = TeamMember.Response.ACCEPTED
# Things told of one visit, each with a number of its own.
ASKED, SAID_YES, CAME, KINDS = range(4)


def _told(reviewer: Reviewer) -> list[TeamMember]:
    """The person's visits that may be told, by day."""
    return [
        member
        for member in memberships_of(reviewer)
        if member.response in TeamMember.LIVE
        and member.review.status != Review.Status.CANCELLED
        and member.attended is not False
    ]


def _entry(member: TeamMember, moment: datetime, pk: int, words: str, note: str = "") -> Entry:
    href = reverse("reviews:detail", args=[member.review_id])
    return Entry(moment, pk, words, link=member.review.service.name, href=href, note=note)


def _visits(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Up to three things of each visit: nobody goes on thousands."""
    things = [
        (moment, member.pk * KINDS + kind, words, note, member)
        for member in _told(reviewer)
        for kind, moment, words, note in _things(member)
        if before.allows(moment, member.pk * KINDS + kind)
    ]
    things.sort(key=lambda thing: thing[:2], reverse=True)
    return [
        _entry(member, moment, pk, words, note)
        for moment, pk, words, note, member in things[:limit]
    ]


def _things(member: TeamMember) -> Iterator[tuple[int, datetime, str, str]]:
    on = f"Visit on {nhs_date(member.review.visit_on)}."
    if member.invited_at is not None:
        yield ASKED, member.invited_at, "Was asked to visit", on
    if member.answered_at is not None and member.response == ACCEPTED:
        yield SAID_YES, member.answered_at, "Said they can visit", on
    if member.attended:
        words = "Took part by phone or video in the visit to" if member.is_remote else "Visited"
        yield CAME, start_of(member.review.visit_on), words, ""


def _coming(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    today = localdate(now)
    return [
        _entry(
            member,
            start_of(member.review.visit_on),
            member.pk,
            "Visit to",
            f"{member.get_response_display()}.",
        )
        for member in _told(reviewer)
        if member.review.status in Review.COMING and member.review.visit_on >= today
    ][:COMING]


register(Source("visit", Permission.PLAN_REVIEWS, _visits, _coming))
