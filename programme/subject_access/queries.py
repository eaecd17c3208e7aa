"""Reads of people's requests for their data."""

import re

from django.db.models import QuerySet

from accounts.models import User
from programme.models import SubjectRequest
from reviewers.models import Enquiry, Reviewer

ENQUIRY = re.compile(r"enquiry (\d{1,18})", re.IGNORECASE | re.ASCII)
State, Way = SubjectRequest.State, SubjectRequest.Way


def _without_files() -> QuerySet[SubjectRequest]:
    return SubjectRequest.objects.defer("document", "data").select_related("job")


def own(user: User) -> SubjectRequest | None:
    """The signed-in person's own open request, without its files."""
    mine = _without_files().filter(reviewer__user=user, way=Way.ONLINE)
    return mine.filter(state__in=SubjectRequest.OPEN).first()


def own_ready(user: User) -> SubjectRequest | None:
    """The signed-in person's own copy with its files."""
    mine = SubjectRequest.objects.filter(reviewer__user=user, way=Way.ONLINE)
    return mine.filter(state=State.READY).first()


def to_post_for(reviewer: Reviewer) -> SubjectRequest | None:
    """The open request of this person that the checks team posts."""
    theirs = _without_files().filter(reviewer=reviewer, way=Way.POST)
    return theirs.filter(state__in=SubjectRequest.OPEN).select_related("asked_by").first()


def to_post() -> QuerySet[SubjectRequest]:
    """What the checks team has still to post, longest waiting first."""
    waiting = _without_files().filter(way=Way.POST, state__in=SubjectRequest.OPEN)
    return waiting.select_related("reviewer", "asked_by").order_by("asked_at", "pk")


def get_to_post(pk: int) -> SubjectRequest | None:
    """One request that the checks team posts, without its files."""
    return _without_files().filter(way=Way.POST, pk=pk).select_related("reviewer").first()


def get_ready_to_post(pk: int) -> SubjectRequest | None:
    """One that is ready, with its files."""
    return SubjectRequest.objects.filter(way=Way.POST, state=State.READY, pk=pk).first()


def get_whose(reference: str) -> Reviewer | Enquiry | None:
    """The person with this reference, or of “Enquiry 5”, which may have become nobody here."""
    people = Reviewer.objects.select_related("user")
    asked = ENQUIRY.fullmatch(reference.strip())
    if asked is None:
        return people.filter(reference__iexact=reference.strip()).first()
    enquiry = Enquiry.objects.filter(pk=int(asked[1])).first()
    return people.filter(enquiries=enquiry).first() or enquiry if enquiry else None
