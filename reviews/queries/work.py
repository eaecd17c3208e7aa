"""What needs doing about coming reviews, for the home page."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviews.models import Review, TeamMember, TeamMemberQuerySet
from reviews.queries.reviews import in_brief, reviews_of

SOON = timedelta(days=14)


def without_lxr(user: User, now: datetime) -> QuerySet[Review]:
    """Coming reviews on which no LXR has accepted, soonest first.

    ``asked`` counts the LXRs who have not answered yet.
    """
    lxrs = TeamMember.objects.lxrs().filter(review=OuterRef("pk"))
    invited = (
        lxrs.filter(response=TeamMember.Response.INVITED)
        .order_by()
        .values("review")
        .annotate(number=Count("pk"))
        .values("number")
    )
    coming = (
        reviews_of(user)
        .coming()
        .filter(
            ~Exists(lxrs.filter(response=TeamMember.Response.ACCEPTED)),
            visit_on__gte=localdate(now),
        )
    )
    found = in_brief(coming).annotate(asked=Coalesce(Subquery(invited), 0))
    return found.order_by("visit_on", "pk")


def dropped_out(user: User, now: datetime) -> QuerySet[Review]:
    """Of those the ones of the next two weeks to which an LXR can no longer come, soonest first.

    One query to find who can no longer come, which are few; the visits are asked where there are.
    """
    today = localdate(now)
    withdrew = TeamMember.objects.lxrs().filter(
        Q(asked_for__isnull=True) | Q(asked_for=F("review__visit_on")),
        response=TeamMember.Response.WITHDRAWN,
        taken_back="",
        review__status__in=Review.COMING,
        review__visit_on__range=(today, today + SOON),
    )
    lost = list(withdrew.order_by().values_list("review", flat=True))
    return without_lxr(user, now).filter(pk__in=lost) if lost else Review.objects.none()


def _on_coming_reviews(user: User, now: datetime) -> TeamMemberQuerySet:
    members = TeamMember.objects.lxrs().filter(
        review__status__in=Review.COMING, review__visit_on__gte=localdate(now)
    )
    if not user.may(Permission.PLAN_REVIEWS):  # who plans may see every review
        members = members.filter(review__in=reviews_of(user).values("pk"))
    return members.select_related("review__service", "reviewer").only(
        "invited_at", "review__visit_on", "review__service__name",
        "reviewer__first_name", "reviewer__last_name", "reviewer__stage",
    )  # fmt: skip


def unanswered(user: User, now: datetime) -> QuerySet[TeamMember]:
    """Invitations to coming reviews without an answer, the longest waiting first."""
    waiting = _on_coming_reviews(user, now).filter(response=TeamMember.Response.INVITED)
    return waiting.order_by("invited_at", "pk")
