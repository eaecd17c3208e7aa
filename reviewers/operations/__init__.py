"""What is done to people: added, moved on, paused, and what they tell us written down."""

from reviewers.operations.details import (
    Details,
    add_reviewer,
    change_details,
    give_account,
    set_emergency_contact,
)
from reviewers.operations.experience import add_experience, keep_experience, withdraw_experience
from reviewers.operations.needs import set_access_needs, share_needs
from reviewers.operations.recruitment import (
    add_from_enquiry,
    close_enquiry,
    receive_enquiry,
    save_interview,
)
from reviewers.operations.role_description import (
    add_role_format,
    publish_version,
    record_signature,
    remind_to_sign,
)
from reviewers.operations.stage import change_stage, come_back, end_pauses, move_on, pause
from reviewers.operations.together import (
    Outcome,
    give_accounts,
    move_on_together,
    remind_together,
)
from reviewers.operations.wishes import (
    add_time_away,
    remove_time_away,
    set_availability,
    set_exclusions,
)

__all__ = [
    "Details",
    "Outcome",
    "add_experience",
    "add_from_enquiry",
    "add_reviewer",
    "add_role_format",
    "add_time_away",
    "change_details",
    "change_stage",
    "close_enquiry",
    "come_back",
    "end_pauses",
    "give_account",
    "give_accounts",
    "keep_experience",
    "move_on",
    "move_on_together",
    "pause",
    "publish_version",
    "receive_enquiry",
    "record_signature",
    "remind_to_sign",
    "remind_together",
    "remove_time_away",
    "save_interview",
    "set_access_needs",
    "set_availability",
    "set_emergency_contact",
    "set_exclusions",
    "share_needs",
    "withdraw_experience",
]
