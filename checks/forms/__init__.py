"""The shape of what checks officers record."""

from checks.forms.assessments import (
    DecisionForm,
    OwnerForm,
    PurposeForm,
    ReconsiderForm,
    ToldForm,
)
from checks.forms.clearances import ClearanceForm, TicksForm
from checks.forms.conditions import ConditionsForm, VersionForm
from checks.forms.dbs import (
    ApplicationForm,
    AppliedForm,
    AskForm,
    CertificateForm,
    ConsentForm,
    DocumentsForm,
    IdCheckForm,
    RemindedForm,
    SettleForm,
    StatusForm,
)

__all__ = [
    "ApplicationForm",
    "AppliedForm",
    "AskForm",
    "CertificateForm",
    "ClearanceForm",
    "ConditionsForm",
    "ConsentForm",
    "DecisionForm",
    "DocumentsForm",
    "IdCheckForm",
    "OwnerForm",
    "PurposeForm",
    "ReconsiderForm",
    "RemindedForm",
    "SettleForm",
    "StatusForm",
    "TicksForm",
    "ToldForm",
    "VersionForm",
]
