"""What is done to people: added, moved on, paused, and what they tell us written down."""

from reviewers.operations.details import Details, add_reviewer, change_details, give_account
from reviewers.operations.stage import change_stage, come_back, end_pauses, pause
from reviewers.operations.wishes import (
    add_time_away,
    remove_time_away,
    set_access_needs,
    set_availability,
    set_exclusions,
    set_experience,
)

__all__ = [
    "Details",
    "add_reviewer",
    "add_time_away",
    "change_details",
    "change_stage",
    "come_back",
    "end_pauses",
    "give_account",
    "pause",
    "remove_time_away",
    "set_access_needs",
    "set_availability",
    "set_exclusions",
    "set_experience",
]
