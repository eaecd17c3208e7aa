"""One person's checks in detail, and finding the person."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission, roles_with
from checks.models import ClearanceTick, DBSCheck, RiskAssessment, SiteClearance
from checks.queries.work import conditions
from organisation.models import Site
from reviewers.models import Reviewer

FOUND = 50


@dataclass(frozen=True)
class AllOf:
    """One person's checks with every round of their assessments, and their clearances."""

    reviewer: Reviewer
    checks: list[DBSCheck]
    clearances: list[SiteClearance]


def find_people(user: User, words: str) -> QuerySet[Reviewer]:
    """People whose reference or a name starts with the words, by name; none without words.

    Nobody finds themselves.
    """
    words = words.strip()
    if not words:
        return Reviewer.objects.none()
    found = Q(reference__istartswith=words)
    for word in words.split()[:3]:
        found |= Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
    return Reviewer.objects.filter(found).exclude(user=user)[:FOUND]


def checks_of(reviewer: Reviewer) -> QuerySet[DBSCheck]:
    """One person's checks with every round of their assessments, newest first. Three queries."""
    return reviewer.dbs_checks.select_related("identity_seen_by").prefetch_related(
        Prefetch(
            "assessments",
            RiskAssessment.objects.select_related(
                "owner", "decided_by", "approved_by"
            ).prefetch_related(conditions()),
        ),
    )


def clearances_of(reviewer: Reviewer) -> QuerySet[SiteClearance]:
    """Where one person stands with each site, by site, with the lines that are ticked."""
    return (
        reviewer.clearances.select_related("site")
        .prefetch_related(
            "site__form_items", Prefetch("ticks", ClearanceTick.objects.order_by("pk"))
        )
        .order_by("site__name")
    )


def sites_asking() -> QuerySet[Site]:
    """Sites that ask for more than DBS."""
    return Site.objects.exclude(asks=Site.Asks.NOTHING)


def get_person(pk: int) -> Reviewer | None:
    """The person with this id."""
    return Reviewer.objects.filter(pk=pk).first()


def get_all_of(pk: int) -> AllOf | None:
    """Everything of the person with this id."""
    person = get_person(pk)
    if person is None:
        return None
    return AllOf(person, list(checks_of(person)), list(clearances_of(person)))


def get_check(pk: int) -> DBSCheck | None:
    """The check with its person."""
    return DBSCheck.objects.select_related("reviewer").filter(pk=pk).first()


def get_clearance(pk: int) -> SiteClearance | None:
    """The clearance with its person, its site and the lines that are ticked."""
    return (
        SiteClearance.objects.select_related("reviewer", "site")
        .prefetch_related("ticks", "site__form_items")
        .filter(pk=pk)
        .first()
    )


def get_assessment(pk: int) -> RiskAssessment | None:
    """The assessment with its person and conditions."""
    return (
        RiskAssessment.objects.select_related("check_made__reviewer", "decided_by", "owner")
        .prefetch_related(conditions())
        .filter(pk=pk)
        .first()
    )


def officers(*, besides: Reviewer | None = None) -> list[User]:
    """Everybody who records checks; ``besides`` this person, for what is about them."""
    keys = roles_with(Permission.EDIT_CHECKS)
    people: QuerySet[User] = User.objects.filter(is_active=True).order_by("name", "pk")
    own = besides.user_id if besides else None
    return [each for each in people.exclude(roles=[]) if each.pk != own and set(each.roles) & keys]
