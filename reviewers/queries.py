"""Reads of people: for staff by what they may see, for a person about themselves."""

from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission
from organisation.models import Directorate, Service
from reviewers.models import Exclusion, Reviewer

LONGEST_SEARCH = 80


def people(user: User) -> QuerySet[Reviewer]:
    """Everybody, for those who may see people; nobody for anyone else."""
    if user.may(Permission.SEE_PEOPLE):
        return Reviewer.objects.all()
    return Reviewer.objects.none()


def listed(user: User) -> QuerySet[Reviewer]:
    """Everybody as the list shows them, with no other column: nothing is decrypted for it."""
    return people(user).only("reference", "first_name", "last_name", "stage", "preferred_contact")


def get_person(user: User, pk: int) -> Reviewer | None:
    """One person with their account, for those who may see people."""
    return people(user).select_related("user").filter(pk=pk).first()


def own(user: User) -> Reviewer | None:
    """The person who is signed in."""
    return Reviewer.objects.select_related("user").filter(user=user).first()


def named(rows: QuerySet[Reviewer], words: str) -> QuerySet[Reviewer]:
    """Those whose name starts like these words (one or two), or who have this reference."""
    parts = words[:LONGEST_SEARCH].split()
    if not parts:
        return rows
    either = Q(last_name__istartswith=" ".join(parts)) | Q(reference__iexact=" ".join(parts))
    either |= Q(first_name__istartswith=" ".join(parts))
    if len(parts) > 1:
        first, last = parts[0], " ".join(parts[1:])
        either |= Q(first_name__istartswith=first, last_name__istartswith=last)
    return rows.filter(either)


def services_by_directorate() -> list[tuple[Directorate, list[Service]]]:
    """Every service under its directorate, both by name."""
    services = Service.objects.select_related("directorate").order_by("directorate__name", "name")
    return [(group, list(held)) for group, held in groupby(services, lambda s: s.directorate)]


def directorates() -> list[Directorate]:
    """Every directorate, by name."""
    return list(Directorate.objects.order_by("name"))


def exclusions_of(reviewer: Reviewer) -> list[Exclusion]:
    """Where they would rather not go, by the service's name."""
    return list(reviewer.exclusions.select_related("service").order_by("service__name"))


def with_wishes(rows: QuerySet[Reviewer]) -> QuerySet[Reviewer]:
    """With exclusions, experience and times away, for those who plan."""
    exclusions = Exclusion.objects.select_related("service").order_by("service__name")
    return rows.prefetch_related(
        Prefetch("exclusions", queryset=exclusions), "experience_of", "times_away"
    )
