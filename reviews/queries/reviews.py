"""Reviews and teams that a user may see. Somebody else's is not there."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.permissions import Permission
from organisation.models import StaffMember
from reviews.models import Postponement, Review, ReviewQuerySet, TeamMember

SERVICE = ("service__directorate", "service__site", "service__role_variant")


def reviews_of(user: User) -> ReviewQuerySet:
    """Every review for those who plan; for a visit lead those they lead; else none."""
    reviews = Review.objects.select_related(*SERVICE)
    if user.may(Permission.PLAN_REVIEWS):
        return reviews
    if user.may(Permission.RECORD_OWN_VISITS):
        return reviews.led_by(user)
    return reviews.none()


def with_team(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Each with ``team``, its people loaded: one more query."""
    team = TeamMember.objects.select_related("reviewer", "staff").order_by("pk")
    return reviews.prefetch_related(Prefetch("team", team))


def in_brief(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """As a line of a work list names them: the day and the service, and no other column."""
    reviews = reviews.select_related(None).select_related("service")
    return reviews.only("visit_on", "service__name", "service__setting")


def with_lxrs(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """As a list shows them: each with ``lxrs``, who were asked or can come; one more query.

    Fifty rows a page: no column that the list does not show.
    """
    lxrs = (
        TeamMember.objects.filter(role=TeamMember.Role.LXR, response__in=TeamMember.LIVE)
        .select_related("reviewer")
        .only("review", "response", "attended", "reviewer__first_name", "reviewer__last_name")
        .order_by("pk")
    )
    return (
        reviews.select_related(None)
        .select_related("service__directorate")
        .only(
            "reference", "visit_on", "status", "gap_reason",
            "service__name", "service__setting", "service__directorate__name",
        )
        .prefetch_related(Prefetch("team", lxrs, to_attr="lxrs"))
    )  # fmt: skip


def get_review(*, user: User, pk: int) -> Review:
    """The review with its team and the days it was on before. Raises Http404. Three queries."""
    moved = Postponement.objects.select_related("by")
    found = (
        with_team(reviews_of(user))
        .prefetch_related(Prefetch("postponements", moved))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_member(*, user: User, review_pk: int, pk: int) -> TeamMember:
    """A place on the team of a review that this user plans. Raises Http404."""
    found = (
        TeamMember.objects.filter(pk=pk, review=review_pk, review__in=reviews_of(user).values("pk"))
        .select_related("reviewer", "staff", *(f"review__{path}" for path in SERVICE))
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_staff_place(*, user: User, review_pk: int) -> TeamMember:
    """What this user, of the staff, is on the team of a review. Raises Http404."""
    found = (
        TeamMember.objects.filter(review=review_pk, staff__user=user)
        .select_related("review__service")
        .first()
    )
    if found is None:
        raise Http404
    return found


def staff_to_choose() -> QuerySet[StaffMember]:
    """Everyone of the trust who can be put on a team, by name."""
    return StaffMember.objects.order_by("name")
