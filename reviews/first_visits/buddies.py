"""Who goes with whom: what each sees of the other, and whether both are on the same visit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from reviewers.models import Reviewer, Stage
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.queries import visits_since
from reviews.models import Review, TeamMember
from training.queries import conferring_places


def _to_come() -> QuerySet[FirstVisit]:
    """Of people who are here and have not been on a visit since their training."""
    been = visits_since(conferring_places()).filter(reviewer=OuterRef("reviewer"))
    return FirstVisit.objects.filter(~Exists(been)).exclude(reviewer__stage=Stage.LEFT)


@dataclass(frozen=True)
class Beside:
    """Somebody whom an LXR goes with, and the visit to come on which both are, if there is one."""

    person: Reviewer
    visit: Review | None


def goes_with(user: User, *, today: date) -> list[Beside]:
    """Whom the LXR who is signed in goes with, as both agreed. One query; two if with anybody."""
    firsts = _to_come().filter(buddy__user=user, buddy_agreed_on__isnull=False)
    people = [first.reviewer for first in firsts.select_related("reviewer").order_by("pk")]
    if not people:
        return []
    mine = TeamMember.objects.live().filter(reviewer__user=user).values("review")
    together = (
        TeamMember.objects.live()
        .filter(
            reviewer__in=people,
            review__in=mine,
            review__status__in=Review.COMING,
            review__visit_on__gte=today,
        )
        .select_related("review__service")
        .order_by("-review__visit_on")
    )
    visits = {member.reviewer_id: member.review for member in together}  # the soonest stays
    return [Beside(person, visits.get(person.pk)) for person in people]


def beside_on(review: Review, user: User, *, today: date) -> list[Beside]:
    """Those of them whom they go with on this visit."""
    found = goes_with(user, today=today)
    return [each for each in found if each.visit is not None and each.visit.pk == review.pk]


@dataclass(frozen=True)
class Buddy:
    """Who goes with somebody on a visit: their name, and whether they come on this one too."""

    name: str
    is_coming: bool
    is_asked: bool


def buddy_on(member: TeamMember) -> Buddy | None:
    """The buddy of a person on a team, if it is their first visit and both have agreed."""
    first = (
        _to_come()
        .filter(reviewer=member.reviewer_id)
        .select_related("buddy", "staff_buddy")
        .first()
    )
    if first is None or not first.goes_along:
        return None
    there = TeamMember.objects.live().filter(_is_buddy_of([first]), review=member.review_id).first()
    accepted = TeamMember.Response.ACCEPTED
    return Buddy(
        first.goes_along,
        is_coming=there is not None and there.response == accepted,
        is_asked=there is not None and there.response != accepted,
    )


def notes_on(reviewers: Collection[int], review: Review) -> dict[int, str]:
    """For those of them who have a buddy, whether that is on the team, as a sentence; else what
    they would like on their first visit. Two queries.

    One, if none of them has a buddy.
    """
    firsts = list(
        _to_come()
        .filter(
            Q(buddy__isnull=False)
            | Q(staff_buddy__isnull=False)
            | Q(wish__in=[FirstVisit.Wish.BUDDY, FirstVisit.Wish.SHADOW]),
            reviewer__in=reviewers,
        )
        .select_related("buddy", "staff_buddy")
    )
    on_team = together(firsts, [review.pk]) if any(each.buddy_name for each in firsts) else set()
    return {
        first.reviewer_id: _note(first, is_there=(review.pk, first.reviewer_id) in on_team)
        for first in firsts
    }


def _note(first: FirstVisit, *, is_there: bool) -> str:
    if not first.buddy_name:
        return (
            "They would like to watch a visit first."
            if first.wish == FirstVisit.Wish.SHADOW
            else "They would like somebody beside them on their first visit."
        )
    if first.is_buddy_away:
        return f"Their buddy, {first.buddy_name}, cannot go along now."
    where = "is on this team" if is_there else "is not on this team yet"
    return f"Their buddy, {first.buddy_name}, {where}."


def together(firsts: Collection[FirstVisit], reviews: Collection[int]) -> set[tuple[int, int]]:
    """Of these visits and people, the pairs where the person's buddy is on the team. One query."""
    members = TeamMember.objects.live().filter(_is_buddy_of(firsts), review__in=reviews)
    teams = set(members.values_list("review_id", "reviewer_id", "staff_id"))
    return {
        (review, first.reviewer_id)
        for review, reviewer, staff in teams
        for first in firsts
        if (first.buddy_id and reviewer == first.buddy_id)
        or (first.staff_buddy_id and staff == first.staff_buddy_id)
    }


def _is_buddy_of(firsts: Collection[FirstVisit]) -> Q:
    reviewers = [first.buddy_id for first in firsts if first.buddy_id]
    staff = [first.staff_buddy_id for first in firsts if first.staff_buddy_id]
    return Q(reviewer__in=reviewers) | Q(staff__in=staff)
