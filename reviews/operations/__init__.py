"""What people do with reviews and their teams; each in one transaction with its audit."""

from reviews.operations.answers import answer, expire_invitations
from reviews.operations.planning import (
    ReviewDetails,
    cancel,
    change_review,
    confirm,
    plan_review,
    plan_reviews,
    postpone,
)
from reviews.operations.questions import ask_question, close_question
from reviews.operations.teams import (
    assign_staff,
    invite_reviewer,
    remove_staff,
    replace,
    withdraw_invitation,
)
from reviews.operations.visits import record_visit, wind_up

__all__ = [
    "ReviewDetails",
    "answer",
    "ask_question",
    "assign_staff",
    "cancel",
    "change_review",
    "close_question",
    "confirm",
    "expire_invitations",
    "invite_reviewer",
    "plan_review",
    "plan_reviews",
    "postpone",
    "record_visit",
    "remove_staff",
    "replace",
    "wind_up",
    "withdraw_invitation",
]
