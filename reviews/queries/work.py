"""What needs doing about coming reviews, for the home page."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import User
from checks import readiness
from organisation.models import TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.models import Review, TeamMember, TeamMemberQuerySet
from reviews.queries.reviews import reviews_of


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
    return (
        reviews_of(user)
        .coming()
        .filter(
            ~Exists(lxrs.filter(response=TeamMember.Response.ACCEPTED)),
            visit_on__gte=localdate(now),
        )
        .annotate(asked=Coalesce(Subquery(invited), 0))
        .order_by("visit_on", "pk")
    )


def _on_coming_reviews(user: User, now: datetime) -> TeamMemberQuerySet:
    reviews = reviews_of(user).coming().filter(visit_on__gte=localdate(now))
    return (
        TeamMember.objects.lxrs()
        .filter(review__in=reviews.values("pk"))
        .select_related("review__service", "reviewer")
    )


def unanswered(user: User, now: datetime) -> QuerySet[TeamMember]:
    """Invitations to coming reviews without an answer, the longest waiting first."""
    waiting = _on_coming_reviews(user, now).filter(response=TeamMember.Response.INVITED)
    return waiting.order_by("invited_at", "pk")


def left_open(user: User, now: datetime, trust: TrustSettings) -> QuerySet[TeamMember]:
    """People asked for a coming review who paused or left since, or are not ready any more.

    Readiness in general; the review's own page asks every rule for its service and day.
    """
    ready = readiness.is_ready(on=localdate(now), trust=trust)
    cannot = Reviewer.objects.filter(~Q(stage=Stage.ACTIVE) | ~ready)
    asked = _on_coming_reviews(user, now).live().filter(reviewer__in=cannot.values("pk"))
    return asked.order_by("review__visit_on", "pk")
