"""The person's account, and where else their name may stand: as staff, as a service's contact."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from organisation.models import ServiceContact, StaffMember
from programme.subject_access.part import A_SECRET, INNER_WORKING, ITS_NUMBER, Part, left_out
from reviewers.models import Reviewer


def _account(person: Reviewer) -> list[User]:
    return [person.user] if person.user is not None else []


def _same_person(person: Reviewer) -> Q:
    """Who has both their name and their address. One alone may be shared with somebody."""
    return Q(name__iexact=str(person), email__iexact=person.email) & ~Q(email="")


def _staff(person: Reviewer) -> QuerySet[StaffMember]:
    same = _same_person(person)
    if person.user_id is not None:
        same |= Q(user=person.user_id)
    return StaffMember.objects.filter(same)


def _contacts(person: Reviewer) -> QuerySet[ServiceContact]:
    return ServiceContact.objects.filter(_same_person(person)).select_related("service")


def _roles(user: Any) -> list[str]:
    return list(user.roles)


ACCOUNT: tuple[Part, ...] = (
    Part(
        "accounts.user",
        "Your account",
        _account,
        {
            "email": "You sign in with",
            "name": "Name",
            "roles": "Roles",
            "is_active": "Open",
            "created_at": "Made",
            "last_login": "You last signed in",
        },
        left_out(
            password=A_SECRET,
            is_superuser=INNER_WORKING,
            groups=INNER_WORKING,
            user_permissions=INNER_WORKING,
        ),
        made={"roles": _roles},
    ),
    Part(
        "organisation.staffmember",
        "You as staff on visits",
        _staff,
        {"name": "Name", "email": "Email"},
        left_out(user=ITS_NUMBER),
    ),
    Part(
        "organisation.servicecontact",
        "You as a service’s contact",
        _contacts,
        {"service": "Service", "name": "Name", "email": "Email", "is_active": "We write to you"},
        left_out(),
    ),
)
