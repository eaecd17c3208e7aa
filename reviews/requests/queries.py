"""What people asked for on their visits, and what waits for an answer."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from reviews.models import Review, TeamMember, VisitRequest
from reviews.queries.reviews import reviews_of

SOON = timedelta(days=7)  # a visit within so many days: what is not answered is overdue


def to_answer() -> QuerySet[VisitRequest]:
    """What nobody has answered, until it is recorded who came; the soonest visit first."""
    found = VisitRequest.objects.filter(
        answered_at__isnull=True,
        member__response__in=TeamMember.LIVE,
        member__review__status__in=Review.COMING,
    )
    return found.select_related("member__reviewer", "member__review__service").order_by(
        "member__review__visit_on", "asked_at", "pk"
    )


def get_request(user: User, pk: int) -> VisitRequest | None:
    """A request with its person and visit, for those who plan."""
    if not user.may(Permission.PLAN_REVIEWS):
        return None
    found = VisitRequest.objects.select_related(
        "member__reviewer", "member__review__service", "answered_by"
    )
    return found.filter(pk=pk, member__review__in=reviews_of(user)).first()


def requests_of(members: Collection[int]) -> dict[int, list[VisitRequest]]:
    """What each of these asked for and still needs, by their place. One query."""
    found: dict[int, list[VisitRequest]] = {}
    needed = VisitRequest.objects.exclude(answer=VisitRequest.Answer.OVER)
    for each in needed.filter(member__in=members):
        found.setdefault(each.member_id, []).append(each)
    return found


def agreed_for(members: Collection[int]) -> dict[int, list[VisitRequest]]:
    """What will be so on the visit, by their place, for whoever leads it. One query."""
    return {
        member: agreed
        for member, found in requests_of(members).items()
        if (agreed := [each for each in found if each.answer == VisitRequest.Answer.MET])
    }


def companions_of(members: Collection[int]) -> dict[int, list[VisitRequest]]:
    """Who was agreed to come along and needs to be let in too, by whose place. One query."""
    return {
        member: others
        for member, agreed in agreed_for(members).items()
        if (others := [each for each in agreed if each.kind != VisitRequest.Kind.SHADOW])
    }


def how_soon(request: VisitRequest, *, today: date) -> str:
    """That the visit is so close that the person should have an answer; else empty."""
    if not request.is_open or request.member.review.visit_on > today + SOON:
        return ""
    return "Within 7 days" if request.member.review.visit_on >= today else "The day has passed"
