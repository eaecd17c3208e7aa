"""What people do with reviews and their teams; each in one transaction with its audit."""

from reviews.operations.answers import answer
from reviews.operations.planning import (
    ReviewDetails,
    cancel,
    change_review,
    confirm,
    plan_review,
    postpone,
)
from reviews.operations.teams import (
    assign_staff,
    invite_reviewer,
    remove_staff,
    replace,
    withdraw_invitation,
)

__all__ = [
    "ReviewDetails",
    "answer",
    "assign_staff",
    "cancel",
    "change_review",
    "confirm",
    "invite_reviewer",
    "plan_review",
    "postpone",
    "remove_staff",
    "replace",
    "withdraw_invitation",
]
