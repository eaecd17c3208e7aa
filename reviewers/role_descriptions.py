"""Reads of the role description: its versions, and which one is needed when.

Until a version is published there is version 1: what people signed on paper.
"""

from datetime import date

from django.db.models import QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from reviewers.models import RoleDescription

ON_PAPER = 1


def versions() -> QuerySet[RoleDescription]:
    """Every version that was published, the newest first."""
    return RoleDescription.objects.select_related("published_by").order_by("-number")


def newest() -> RoleDescription | None:
    """The newest version; None until one is published."""
    return RoleDescription.objects.order_by("-number").first()


def newest_number() -> int:
    """The number of the version that everybody is asked to sign by now."""
    number = RoleDescription.objects.order_by("-number").values_list("number", flat=True).first()
    return ON_PAPER if number is None else number


def get_version(number: int) -> RoleDescription | None:
    """One version by its number."""
    return versions().filter(number=number).first()


def number_needed_on(day: date) -> Combinable:
    """The number of the version that whoever goes on a visit on that day must have signed.

    A value inside a query: the database works it out once.
    """
    needed = RoleDescription.objects.filter(needed_from__lte=day).order_by("-number")
    return Coalesce(Subquery(needed.values("number")[:1]), Value(ON_PAPER))
