"""An LXR's own visits: always from the user who is signed in."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from reviewers.models import Reviewer
from reviews.first_visits.queries import has_been_since_training, is_trained
from reviews.models import Question, Review, TeamMember, TeamMemberQuerySet

# Past visits that a page lists; more are in the programme's record.
PAST_SHOWN = 50


def _own(user: User) -> TeamMemberQuerySet:
    return TeamMember.objects.filter(reviewer__user=user).select_related(
        "reviewer", "review__service__site"
    )


def coming(user: User, *, today: date) -> QuerySet[TeamMember]:
    """Visits the person was asked to or said yes to, soonest first."""
    return (
        _own(user)
        .live()
        .filter(review__status__in=Review.COMING, review__visit_on__gte=today)
        .order_by("review__visit_on", "review_id")
    )


def past(user: User, *, today: date) -> QuerySet[TeamMember]:
    """Visits the person said yes to that are over, latest first."""
    accepted = TeamMember.Response.ACCEPTED
    over = Q(review__status__in=Review.VISITED) | Q(
        review__status__in=Review.COMING, review__visit_on__lt=today
    )
    found = _own(user).filter(over).filter(Q(response=accepted) | Q(attended=True))
    return found.order_by("-review__visit_on", "-review_id")[:PAST_SHOWN]


def get_own(user: User, pk: int) -> TeamMember | None:
    """The person's place on a team, whatever they answered."""
    return _own(user).filter(pk=pk).first()


def lead_of(review: Review) -> str:
    """The name of the one to meet; empty while there is no lead."""
    lead = review.team.filter(role=TeamMember.Role.LEAD).select_related("staff").first()
    return lead.staff.name if lead and lead.staff else ""


def get_question(pk: int) -> Question | None:
    """A question with its person and visit, for coordinators."""
    return (
        Question.objects.select_related("member__reviewer", "member__review__service", "closed_by")
        .filter(pk=pk)
        .first()
    )


def open_questions() -> QuerySet[Question]:
    """Questions nobody has answered yet, oldest first."""
    return Question.objects.filter(closed_at__isnull=True).select_related(
        "member__reviewer", "member__review__service"
    )


def awaits_first_visit(user: User) -> bool:
    """Whether the person is trained and has not been on a visit since."""
    found = Reviewer.objects.filter(is_trained(), user=user)
    return found.exclude(has_been_since_training()).exists()
