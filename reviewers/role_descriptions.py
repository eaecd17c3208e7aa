"""Reads of the role description: its versions, and which one is needed when.

Until a version is published there is version 1: what people signed on paper.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from notifications.models import Message
from reviewers.models import Reviewer, RoleDescription, RoleDescriptionFile
from reviewers.stages import MAY_BE_ASKED_TO_SIGN

ON_PAPER = 1
TO_SIGN = "role-description"  # the kind of message that asks for it


def versions() -> QuerySet[RoleDescription]:
    """Every version that was published with its files, the newest first. Two queries."""
    files = RoleDescriptionFile.objects.defer("content")
    found = RoleDescription.objects.select_related("published_by").order_by("-number")
    return found.prefetch_related(Prefetch("files", files))


def newest() -> RoleDescription | None:
    """The newest version; None until one is published."""
    return RoleDescription.objects.order_by("-number").first()


def newest_number() -> int:
    """The number of the version that everybody is asked to sign by now."""
    number = RoleDescription.objects.order_by("-number").values_list("number", flat=True).first()
    return ON_PAPER if number is None else number


def number_asked_for() -> Combinable:
    """The same as a value inside a query."""
    newest_first = RoleDescription.objects.order_by("-number")
    return Coalesce(Subquery(newest_first.values("number")[:1]), Value(ON_PAPER))


def get_version(number: int) -> RoleDescription | None:
    """One version by its number."""
    return versions().filter(number=number).first()


def get_file(pk: int) -> RoleDescriptionFile | None:
    """A file of any version."""
    return RoleDescriptionFile.objects.filter(pk=pk).first()


def number_needed_on(day: date) -> Combinable:
    """The number of the version that whoever goes on a visit on that day must have signed.

    A value inside a query: the database works it out once.
    """
    needed = RoleDescription.objects.filter(needed_from__lte=day).order_by("-number")
    return Coalesce(Subquery(needed.values("number")[:1]), Value(ON_PAPER))


def has_signed(person: Reviewer, number: int) -> bool:
    """Whether this person signed that version of the role description, or a newer one."""
    return person.role_description_signed_on is not None and person.signed_version >= number


@dataclass(frozen=True)
class Listed:
    """The newest version in a list: its formats, and how many signed it of those who are asked."""

    number: int
    formats: list[str]
    signed: int
    asked: int


def newest_as_listed() -> Listed | None:
    """The newest version; None until one is published. One query."""
    later = RoleDescription.objects.filter(number__gt=OuterRef("number"))
    is_signed = Q(role_description_signed_on__isnull=False, signed_version__gte=OuterRef("number"))
    rows = list(
        RoleDescription.objects.filter(~Exists(later))
        .order_by("files__pk")
        .values_list("number", "files__format", _how_many(is_signed), _how_many(Q()))
    )
    if not rows:
        return None
    number, _, signed, asked = rows[0]
    labels = dict(RoleDescriptionFile.Format.choices)
    return Listed(number, [labels[kind] for _, kind, *_ in rows if kind], signed, asked)


def _how_many(condition: Q) -> Coalesce:
    """How many of those who are asked to sign."""
    asked = Reviewer.objects.filter(condition, stage__in=MAY_BE_ASKED_TO_SIGN).order_by()
    number = asked.annotate(them=Value(1)).values("them").annotate(number=Count("pk"))
    return Coalesce(Subquery(number.values("number")), 0)


def asked_to_sign_on(people: Collection[int]) -> dict[int, date]:
    """When each of these people, by id, was last asked to sign. One query."""
    asked = Message.objects.filter(kind=TO_SIGN, about_id__in=people).exclude(
        state=Message.State.DROPPED
    )
    rows = asked.order_by("queued_at", "pk").values_list("about_id", "queued_at")
    return {person: localdate(at) for person, at in rows if person is not None}
