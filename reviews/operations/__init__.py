"""What people do with reviews and their teams; each in one transaction with its audit."""

from reviews.operations.answers import answer, say_why_not
from reviews.operations.expiry import expire_invitations
from reviews.operations.invitations import invite_reviewer, replace, withdraw_invitation
from reviews.operations.next_in_line import ask_whoever_is_next, keep_asking
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
from reviews.operations.teams import assign_staff, remove_staff, say_staff_cannot_come
from reviews.operations.visits import record_visit, wind_up

__all__ = [
    "ReviewDetails",
    "answer",
    "ask_question",
    "ask_whoever_is_next",
    "assign_staff",
    "cancel",
    "change_review",
    "close_question",
    "confirm",
    "expire_invitations",
    "invite_reviewer",
    "keep_asking",
    "plan_review",
    "plan_reviews",
    "postpone",
    "record_visit",
    "remove_staff",
    "replace",
    "say_staff_cannot_come",
    "say_why_not",
    "wind_up",
    "withdraw_invitation",
]
