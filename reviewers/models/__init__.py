"""The people: Lived Experience Reviewers at any stage, and what they told us."""

from reviewers.models.files import KeptFile, rules_of_files
from reviewers.models.people import (
    EVERY_DAY,
    LACKS_THEIR_WAY,
    LeavingReason,
    Reviewer,
    ReviewerQuerySet,
    Stage,
    StageChange,
)
from reviewers.models.recruitment import Enquiry, Interview
from reviewers.models.role_description import (
    RoleDescription,
    RoleDescriptionFile,
    RoleSignature,
)
from reviewers.models.wishes import AccessNeed, Exclusion, Experience, TimeAway

__all__ = [
    "EVERY_DAY",
    "LACKS_THEIR_WAY",
    "AccessNeed",
    "Enquiry",
    "Exclusion",
    "Experience",
    "Interview",
    "KeptFile",
    "LeavingReason",
    "Reviewer",
    "ReviewerQuerySet",
    "RoleDescription",
    "RoleDescriptionFile",
    "RoleSignature",
    "Stage",
    "StageChange",
    "TimeAway",
    "rules_of_files",
]
