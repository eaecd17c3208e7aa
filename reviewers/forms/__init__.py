"""What is asked about people. The same forms serve the person and a coordinator who records."""

from reviewers.forms.adding import AddForm
from reviewers.forms.details import DetailsForm, EmergencyForm
from reviewers.forms.experience import ExperienceForm
from reviewers.forms.needs import AccessNeedsForm, SharingForm
from reviewers.forms.person import PersonForm
from reviewers.forms.recruitment import InterestedForm, InterviewForm
from reviewers.forms.role_description import SignatureForm, SignForm, VersionForm
from reviewers.forms.stage import (
    ComeBackForm,
    LeaveForm,
    MoveOnForm,
    PauseForm,
    StageForm,
    TickedForm,
)
from reviewers.forms.wishes import (
    WEEKDAYS,
    AvailabilityForm,
    AwayForm,
    ExclusionsForm,
)

__all__ = [
    "WEEKDAYS",
    "AccessNeedsForm",
    "AddForm",
    "AvailabilityForm",
    "AwayForm",
    "ComeBackForm",
    "DetailsForm",
    "EmergencyForm",
    "ExclusionsForm",
    "ExperienceForm",
    "InterestedForm",
    "InterviewForm",
    "LeaveForm",
    "MoveOnForm",
    "PauseForm",
    "PersonForm",
    "SharingForm",
    "SignForm",
    "SignatureForm",
    "StageForm",
    "TickedForm",
    "VersionForm",
]
