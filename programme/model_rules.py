"""What each model's rows are, for export, retention and audit. A model without a rule fails a test.

The rules are declared here; ``retention`` and ``subject_access`` carry them out.
"""

import enum
from dataclasses import dataclass

from programme.retention.terms import Goes, Otherwise, Retention, Then


class Export(enum.StrEnum):
    """What a person who asks for their data gets of a model."""

    OWN_DATA = "own data"  # the rows about the person
    PART = "part"  # the rows about the person, without what concerns somebody else
    NEVER = "never"  # nothing about a person, or a secret


@dataclass(frozen=True)
class ModelRule:
    """``retention``: when a row goes. ``is_audited``: whether each change leaves an event."""

    export: Export
    retention: Retention
    is_audited: bool


_LOOKUP = Otherwise("Kept while the programme runs.")
_WITH_PERSON = Otherwise("Goes with the person: two years after they left.")
_FOR_FIGURES = Otherwise("Kept: the figures are counted from it. Names go with the person.")

MODEL_RULES: dict[str, ModelRule] = {
    "accounts.user": ModelRule(
        Export.OWN_DATA, Otherwise("Closed when the person leaves, and kept for what it did."), True
    ),
    "accounts.secretlink": ModelRule(Export.NEVER, Goes("it ended", months=1), False),
    "accounts.spentsecret": ModelRule(
        Export.NEVER, Otherwise("Kept: no link is used twice. It is nobody’s."), False
    ),
    "audit.event": ModelRule(Export.PART, Goes("it was written", months=96), False),
    "organisation.directorate": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.site": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.siteformitem": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.rolevariant": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.service": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.serviceblock": ModelRule(Export.NEVER, _LOOKUP, True),
    "organisation.servicecontact": ModelRule(Export.OWN_DATA, _LOOKUP, True),
    "organisation.staffmember": ModelRule(Export.OWN_DATA, _FOR_FIGURES, True),
    "organisation.trustsettings": ModelRule(Export.NEVER, _LOOKUP, True),
    "reviewers.reviewer": ModelRule(
        Export.OWN_DATA, Goes("they left", months=24, then=Then.ANONYMISE), True
    ),
    "reviewers.stagechange": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.exclusion": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.accessneed": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.experience": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.enquiry": ModelRule(
        Export.OWN_DATA, Goes("it was closed, or came in and nobody closed it", months=6), True
    ),
    "reviewers.interview": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.roledescription": ModelRule(Export.NEVER, _LOOKUP, True),
    "reviewers.roledescriptionfile": ModelRule(Export.NEVER, _LOOKUP, False),
    "reviewers.rolesignature": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviewers.timeaway": ModelRule(Export.OWN_DATA, Goes("its last day", months=12), True),
    "training.session": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.course": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.courseversion": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.cycle": ModelRule(Export.PART, _LOOKUP, True),
    "training.cyclenote": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "training.document": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.documentversion": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.documentfile": ModelRule(Export.NEVER, _LOOKUP, False),
    "training.reading": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "training.framework": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.keyquestion": ModelRule(Export.NEVER, _LOOKUP, False),
    "training.statement": ModelRule(Export.NEVER, _LOOKUP, False),
    "training.focusgroup": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.proposedquestion": ModelRule(Export.NEVER, _LOOKUP, False),
    "training.questionset": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.setquestion": ModelRule(Export.NEVER, _LOOKUP, False),
    "training.roomlink": ModelRule(Export.NEVER, _LOOKUP, True),
    "training.said": ModelRule(
        Export.NEVER, Otherwise("Kept for the figures: nobody can tell whose it is."), False
    ),
    "training.place": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "checks.dbscheck": ModelRule(
        Export.OWN_DATA,
        Goes(
            "the decision",
            setting="outcome_kept_months",
            then=Then.CLEAR,
            fields=("reference_number", "documents_seen", "id_check_place"),
            what="The reference number is",
            stays="So is which documents were seen, and where. "
            "Level, dates and decision stay with the person.",
        ),
        True,
    ),
    "checks.riskassessment": ModelRule(
        Export.OWN_DATA,
        Goes(
            "the decision",
            setting="outcome_kept_months",
            then=Then.CLEAR,
            fields=("document_reference",),
            what="Where HR keeps the document is",
            stays="Dates and decision stay with the person.",
        ),
        True,
    ),
    "checks.condition": ModelRule(
        Export.OWN_DATA, Goes("it ended", setting="outcome_kept_months"), True
    ),
    "checks.siteclearance": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "checks.clearancetick": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviews.review": ModelRule(
        Export.NEVER,
        Goes(
            "the visit",
            months=96,
            then=Then.CLEAR,
            fields=("meet_at", "ring_on_the_day", "bring"),
            what="Where to meet, whom to ring and what to bring are",
            stays="The rest stays for the figures.",
        ),
        True,
    ),
    "reviews.postponement": ModelRule(Export.NEVER, _FOR_FIGURES, True),
    "reviews.teammember": ModelRule(
        Export.OWN_DATA,
        Goes(
            "the visit",
            months=1,
            then=Then.CLEAR,
            fields=("why_not",),
            what="Why somebody could not come is",
            stays="The rest stays for the figures; names go with the person.",
        ),
        True,
    ),
    "reviews.wave": ModelRule(
        Export.NEVER, Otherwise("Kept with its review. It says nothing about a person."), True
    ),
    "reviews.turn": ModelRule(Export.OWN_DATA, Goes("the visit", months=1), True),
    "reviews.firstvisit": ModelRule(Export.OWN_DATA, _WITH_PERSON, True),
    "reviews.feed": ModelRule(
        Export.NEVER, Otherwise("Goes when it is stopped, or with the account."), True
    ),
    "reviews.teamfeed": ModelRule(
        Export.NEVER, Otherwise("Goes when an administrator switches it off."), True
    ),
    "reviews.keptproposal": ModelRule(Export.OWN_DATA, Goes("the visit"), True),
    "reviews.question": ModelRule(Export.OWN_DATA, Goes("it was closed", months=12), True),
    "reviews.visitrequest": ModelRule(Export.OWN_DATA, Goes("the visit", months=1), True),
    "reviews.changedmonth": ModelRule(
        Export.NEVER, Otherwise("Deleted when its figures are counted."), False
    ),
    "feedback.asking": ModelRule(Export.PART, _FOR_FIGURES, True),
    "feedback.feedbackform": ModelRule(Export.NEVER, _LOOKUP, True),
    "feedback.formquestion": ModelRule(Export.NEVER, _LOOKUP, False),
    # Services and the quality team: no event when an answer comes, it would say when.
    "feedback.answer": ModelRule(
        Export.PART,
        Goes(
            "the visit",
            months=96,
            then=Then.CLEAR,
            fields=("withdrawal_digest",),
            what="The link by which its author can withdraw the permission to quote is",
            stays="Ratings stay for the figures.",
        ),
        True,
    ),
    "feedback.remark": ModelRule(Export.PART, Goes("the visit", months=96), True),
    "feedback.concern": ModelRule(Export.PART, _WITH_PERSON, True),
    "feedback.theme": ModelRule(Export.NEVER, _LOOKUP, True),
    "feedback.extrarating": ModelRule(Export.PART, _FOR_FIGURES, False),
    "insights.monthcounts": ModelRule(
        Export.NEVER, Otherwise("Counted anew whenever it changes."), False
    ),
    "insights.monthratings": ModelRule(
        Export.NEVER, Otherwise("Counted anew whenever it changes."), False
    ),
    "insights.apitoken": ModelRule(Export.NEVER, Goes("it ended", months=1), True),
    "insights.signingkey": ModelRule(
        Export.NEVER, Otherwise("Kept until another takes its place."), True
    ),
    "insights.partner": ModelRule(Export.NEVER, Otherwise("Kept until it is removed."), True),
    "insights.partnerfigures": ModelRule(
        Export.NEVER,
        Otherwise("Kept until a newer file takes their place, or the partner is removed."),
        True,
    ),
    "insights.snapshot": ModelRule(Export.NEVER, _LOOKUP, False),
    "insights.boardreport": ModelRule(
        Export.NEVER,
        Otherwise(
            "Kept: what the board was told. Words whose author takes back the permission to "
            "quote them stay in a report that was approved before."
        ),
        True,
    ),
    "insights.forecast": ModelRule(
        Export.NEVER, Otherwise("Totals, replaced by the next, each night at the latest."), False
    ),
    "jobs.job": ModelRule(Export.NEVER, Goes("it ended", months=12), False),
    "jobs.jobfile": ModelRule(Export.NEVER, Otherwise("Deleted when its job ends."), False),
    "notifications.message": ModelRule(Export.OWN_DATA, Goes("it was sent", months=24), False),
    "programme.upload": ModelRule(
        Export.NEVER, Otherwise("Deleted a day after it was sent, looked at each hour."), True
    ),
    "programme.legalhold": ModelRule(Export.PART, Goes("it was lifted", months=24), True),
    "programme.subjectrequest": ModelRule(
        Export.PART,
        Otherwise("Its files are erased after a day; the rest goes with the person."),
        True,
    ),
    "programme.erasure": ModelRule(
        Export.PART,
        Otherwise("Kept: it shows who asked and who agreed. It names the person by number."),
        True,
    ),
    "programme.erasedreference": ModelRule(
        Export.NEVER,
        Otherwise("Kept: a keyed digest that keeps an import from bringing them back."),
        False,
    ),
    "programme.keeping": ModelRule(
        Export.OWN_DATA,
        Otherwise("Deleted the night after the visit, or when nothing is in doubt any more."),
        True,
    ),
    "programme.importedrow": ModelRule(
        Export.NEVER, Otherwise("Kept while imports are compared: keyed digests, no values."), False
    ),
}
