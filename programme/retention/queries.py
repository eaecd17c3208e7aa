"""What would go on a day, and what the rules say: for the page and the dry run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import capfirst

from organisation.models import TrustSettings
from programme.model_rules import MODEL_RULES
from programme.models import LegalHold
from programme.retention.holds import live
from programme.retention.running import rules
from programme.retention.terms import Goes
from reviewers.models import Reviewer

_NAMES = {
    "accounts.secretlink": "Links with a secret",
    "accounts.spentsecret": "Secrets that were used up",
    "audit.event": "Audit events",
    "checks.clearancetick": "Ticks on a site’s form",
    "checks.condition": "Conditions of an approval",
    "checks.dbscheck": "DBS checks",
    "feedback.answer": "Answers about a visit",
    "feedback.asking": "Who was asked about a visit",
    "feedback.concern": "People to get in touch with after their feedback",
    "feedback.extrarating": "Further ratings in answers about a visit",
    "feedback.feedbackform": "Versions of the feedback forms",
    "feedback.formquestion": "Questions of the feedback forms",
    "feedback.remark": "Comments about a visit",
    "insights.monthcounts": "Counts of a month",
    "insights.monthratings": "Ratings of a month",
    "insights.snapshot": "Stored figures",
    "jobs.job": "Long work, such as imports",
    "jobs.jobfile": "Files of long work",
    "notifications.message": "Messages",
    "programme.keeping": "Decisions about visits in doubt",
    "programme.subjectrequest": "Copies of a person’s data",
    "reviewers.exclusion": "Places people would rather not go",
    "reviewers.reviewer": "Lived Experience Reviewers",
    "reviews.question": "Questions about a visit",
    "training.place": "Places at training sessions",
    "training.session": "Training sessions",
}


@dataclass(frozen=True)
class DueRows:
    """A rule, and how many rows would go by it."""

    label: str
    name: str
    sentence: str
    count: int


@dataclass(frozen=True)
class KeptRows:
    """A model without a clock, and why."""

    name: str
    sentence: str


def due(*, on: date, trust: TrustSettings) -> list[DueRows]:
    """What the rules with a clock would take on that day, without what is held. A query each.

    Rules that would take something come first.
    """
    found = [
        DueRows(
            label=rule.label,
            name=name_of(rule.label),
            sentence=rule.term.sentence_for(trust),
            count=rule.due(on, trust).count(),
        )
        for rule in rules()
    ]
    return sorted(found, key=lambda each: each.count == 0)


def without_clock() -> list[KeptRows]:
    """The other models, with what becomes of their rows."""
    return [
        KeptRows(name=name_of(label), sentence=rule.retention.sentence)
        for label, rule in MODEL_RULES.items()
        if not isinstance(rule.retention, Goes)
    ]


def name_of(label: str) -> str:
    """What pages call the rows of a model."""
    return _NAMES.get(label) or capfirst(apps.get_model(label)._meta.verbose_name_plural)


def live_holds() -> Sequence[LegalHold]:
    """The holds that stop something now, newest first."""
    return list(live().select_related("reviewer", "placed_by"))


def holds() -> QuerySet[LegalHold]:
    """Every hold, with whose it is and who placed and lifted it."""
    return LegalHold.objects.select_related("reviewer", "placed_by", "lifted_by")


def with_reference(words: str) -> Reviewer | None:
    """The person with this reference, in any case; None if there is nobody."""
    return Reviewer.objects.filter(reference__iexact=words.strip()).first()
