"""What people do with training. Each is one transaction with its audit event."""

from training.operations.attendance import (
    Mark,
    Recorded,
    add_walk_in,
    follow_up,
    record_attendance,
    take_back_walk_in,
)
from training.operations.courses import (
    CourseDetails,
    add_course,
    add_version,
    change_course,
    counts_until,
    keep_dates,
    open_before_the_day,
)
from training.operations.places import (
    answer_invitation,
    book,
    book_own,
    cancel_place,
    invite,
    keep_place,
    let_in_waiting,
    release_unanswered,
)
from training.operations.sessions import (
    Facilitators,
    SessionDetails,
    cancel_session,
    change_session,
    plan_session,
    say_version,
)

__all__ = [
    "CourseDetails",
    "Facilitators",
    "Mark",
    "Recorded",
    "SessionDetails",
    "add_course",
    "add_version",
    "add_walk_in",
    "answer_invitation",
    "book",
    "book_own",
    "cancel_place",
    "cancel_session",
    "change_course",
    "change_session",
    "counts_until",
    "follow_up",
    "invite",
    "keep_dates",
    "keep_place",
    "let_in_waiting",
    "open_before_the_day",
    "plan_session",
    "record_attendance",
    "release_unanswered",
    "say_version",
    "take_back_walk_in",
]
