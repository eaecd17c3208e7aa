"""The programme of reviews: visits, their teams, and what people ask about them."""

from reviews.models.asked import Feed, Question, TeamFeed
from reviews.models.reviews import ChangedMonth, Postponement, Review, ReviewQuerySet
from reviews.models.teams import TeamMember, TeamMemberQuerySet
from reviews.requests.models import VisitRequest
from reviews.waves.models import Turn, Wave

__all__ = [
    "ChangedMonth",
    "Feed",
    "Postponement",
    "Question",
    "Review",
    "ReviewQuerySet",
    "TeamFeed",
    "TeamMember",
    "TeamMemberQuerySet",
    "Turn",
    "VisitRequest",
    "Wave",
]
