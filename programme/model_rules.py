"""What each model's rows are, for export, retention and audit. A model without a rule fails a test.

The rules are declared here; subject access, retention and the export carry them out.
"""

import enum
from dataclasses import dataclass


class Export(enum.StrEnum):
    """What a person who asks for their data gets of a model."""

    OWN_DATA = "own data"  # the rows about the person
    PART = "part"  # the rows about the person, without what concerns somebody else
    NEVER = "never"  # nothing about a person, or a secret


@dataclass(frozen=True)
class ModelRule:
    """``retention``: when a row goes. ``is_audited``: whether each change leaves an event."""

    export: Export
    retention: str
    is_audited: bool


_LOOKUP = "Kept while the programme runs."
_WITH_PERSON = "Goes with the person: two years after they left."
_WITH_REVIEW = "Kept with its review, for eight years after the visit."

MODEL_RULES: dict[str, ModelRule] = {
    "accounts.user": ModelRule(Export.OWN_DATA, "Closed when the person leaves.", True),
    "accounts.secretlink": ModelRule(Export.NEVER, "Goes a month after it ended.", False),
    "audit.event": ModelRule(Export.PART, "Kept for eight years, by the owner's role only.", False),
    "organisation.directorate": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.site": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.rolevariant": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.service": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.servicecontact": ModelRule(Export.OWN_DATA, _LOOKUP, True),
    "organisation.staffmember": ModelRule(Export.OWN_DATA, _WITH_REVIEW, True),
    "organisation.trustsettings": ModelRule(Export.NEVER, _LOOKUP, True),
    "reviewers.reviewer": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.stagechange": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.exclusion": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.timeaway": ModelRule(Export.OWN_DATA, "Goes a year after its last day.", True),
    "training.session": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.place": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "checks.dbscheck": ModelRule(
        Export.OWN_DATA,
        "Reference number and outcome go six months after the decision, level and dates stay"
        " with the person.",
        True,
    ),
    "checks.riskassessment": ModelRule(
        Export.OWN_DATA,
        "Goes six months after the decision; conditions in force stay.",
        True,
    ),
    "checks.condition": ModelRule(Export.OWN_DATA, "Goes when it is no longer in force.", True),
    "checks.siteclearance": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviews.review": ModelRule(Export.NEVER, "Kept for eight years after the visit.", True),
    "reviews.postponement": ModelRule(Export.NEVER, _WITH_REVIEW, True),
    "reviews.teammember": ModelRule(Export.OWN_DATA, _WITH_REVIEW, True),
    "reviews.question": ModelRule(Export.OWN_DATA, "Goes a year after it was closed.", True),
    "reviews.changedmonth": ModelRule(Export.NEVER, "Goes when its figures are counted.", False),
    "feedback.asking": ModelRule(Export.PART, _WITH_REVIEW, True),
    "feedback.answer": ModelRule(Export.PART, _WITH_REVIEW, True),
    "insights.monthcounts": ModelRule(Export.NEVER, "Counted anew whenever it changes.", False),
    "insights.snapshot": ModelRule(Export.NEVER, _LOOKUP, False),
    "jobs.job": ModelRule(Export.NEVER, "Goes a year after it ended.", False),
    "jobs.jobfile": ModelRule(Export.NEVER, "Goes when its job ends.", False),
    "notifications.message": ModelRule(Export.OWN_DATA, "Goes two years after it was sent.", False),
    "programme.upload": ModelRule(Export.NEVER, "Goes a day after it was sent.", True),
    "programme.importedrow": ModelRule(Export.NEVER, "Kept while imports are compared.", False),
}
