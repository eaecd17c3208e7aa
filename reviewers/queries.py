"""Reads of people: for staff by what they may see, for a person about themselves."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission
from organisation.models import Directorate, Service
from reviewers.models import Exclusion, Experience, KeptFile, Reviewer

LONGEST_SEARCH = 80
File = TypeVar("File", bound=KeptFile)


def people(user: User) -> QuerySet[Reviewer]:
    """Everybody, for those who may see people; nobody for anyone else."""
    if user.may(Permission.SEE_PEOPLE):
        return Reviewer.objects.all()
    return Reviewer.objects.none()


def listed(user: User) -> QuerySet[Reviewer]:
    """Everybody as the list shows them, with no other column: nothing is decrypted for it."""
    return people(user).only(
        "reference", "first_name", "last_name", "stage", "stage_since", "preferred_contact"
    )


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


def excluded_by_directorate(reviewer: Reviewer) -> list[tuple[Directorate, list[Service]]]:
    """Every directorate that has services, by name, each with those they would rather not go to."""
    held: dict[int, list[Service]] = {}
    for each in exclusions_of(reviewer):
        held.setdefault(each.service.directorate_id, []).append(each.service)
    groups = Directorate.objects.filter(services__isnull=False).distinct().order_by("name")
    return [(group, held.get(group.pk, [])) for group in groups]


def get_directorate(pk: int) -> Directorate | None:
    """One directorate."""
    return Directorate.objects.filter(pk=pk).first()


def services_of(directorate: Directorate) -> list[Service]:
    """The services of a directorate, by name."""
    return list(Service.objects.filter(directorate=directorate).order_by("name"))


def directorates() -> list[Directorate]:
    """Every directorate, by name."""
    return list(Directorate.objects.order_by("name"))


def exclusions_of(reviewer: Reviewer) -> list[Exclusion]:
    """Where they would rather not go, by the service's name."""
    return list(reviewer.exclusions.select_related("service").order_by("service__name"))


def experiences_of(reviewer: Reviewer) -> list[Experience]:
    """Which services they know: those they have yet to be asked about first, then by name."""
    return list(
        reviewer.experiences.select_related("directorate").order_by(
            F("consented_at").asc(nulls_first=True), "directorate__name"
        )
    )


def has_experience(reviewer: Reviewer, pk: int) -> bool:
    """Whether this experience is theirs."""
    return reviewer.experiences.filter(pk=pk).exists()


def has_to_be_asked(reviewer: Reviewer) -> bool:
    """Whether we keep experience of which they have not said that we may."""
    return reviewer.experiences.filter(consented_at__isnull=True).exists()


def has_needs(reviewer: Reviewer) -> bool:
    """Whether they told us of anything they need."""
    return bool(reviewer.access_needs) or reviewer.needs.exists()


def needed_first(person: Reviewer, files: Iterable[File]) -> list[File]:
    """The files in the formats that the person needs, then the others. One query."""
    needed = {each.kind for each in person.needs.all()}
    return sorted(files, key=lambda each: each.format not in needed)
