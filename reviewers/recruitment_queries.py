"""Reads about people who are not active yet: enquiries, who they may be, and interviews."""

from collections.abc import Collection

from django.db.models import Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Replace

from accounts.models import User
from reviewers import queries
from reviewers.models import Enquiry, Interview, Reviewer

MOST_ALIKE = 10


def chosen(user: User, ids: Collection[int]) -> list[Reviewer]:
    """Those of these people whom this user may see, by name."""
    return list(queries.listed(user).filter(pk__in=ids))


def enquiries() -> QuerySet[Enquiry]:
    """Everybody who told us they are interested, with the person they became."""
    return Enquiry.objects.select_related("reviewer", "closed_by").order_by("received_at", "pk")


def waiting() -> QuerySet[Enquiry]:
    """Those that nobody has dealt with yet, the longest waiting first."""
    return Enquiry.objects.filter(outcome=Enquiry.Outcome.OPEN).order_by("received_at", "pk")


def count_open() -> int:
    """How many are waiting."""
    return waiting().count()


def get_enquiry(pk: int) -> Enquiry | None:
    """One enquiry."""
    return enquiries().filter(pk=pk).first()


def alike(*, name: str, email: str = "", phone: str = "") -> list[Reviewer]:
    """People who may be the same person: the same name, email address or phone number."""
    first, _, last = name.strip().partition(" ")
    same = Q(first_name__iexact=first, last_name__iexact=last.strip())
    if email.strip():
        same |= Q(email__iexact=email.strip())
    number = _digits(phone)
    rows = Reviewer.objects.all()
    if number:
        plain = Replace(Replace("phone", Value(" "), Value("")), Value("-"), Value(""))
        rows = rows.annotate(plain_phone=plain)
        same |= Q(plain_phone=number)
    return list(rows.filter(same).order_by("last_name", "first_name", "pk")[:MOST_ALIKE])


def interviews_of(reviewer: Reviewer) -> list[Interview]:
    """Their interviews, the latest first. Read once for one person's page."""
    prefetch_related_objects([reviewer], "interviews")
    return sorted(reviewer.interviews.all(), key=lambda each: (each.held_on, each.pk), reverse=True)


def get_interview(reviewer: Reviewer, pk: int) -> Interview | None:
    """One interview of this person."""
    return reviewer.interviews.filter(pk=pk).first()


def _digits(phone: str) -> str:
    return phone.replace(" ", "").replace("-", "")
