"""What becomes of each thing that is held on a person when they are erased, and why some stays.

The figures are counted from what stays, so they are the same before and after.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

from notifications.models import Message
from programme.enquiries.queries import of_person
from programme.models import SubjectRequest
from reviewers.models import Reviewer
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.words import BUDDY, NO_BUDDY


@dataclass(frozen=True)
class Goes:
    """Rows that are deleted, or fields of theirs that are emptied."""

    model: str
    find: Callable[[Reviewer], Q]
    empty: tuple[tuple[str, object], ...] = ()

    def carry_out(self, person: Reviewer) -> None:
        """Delete or empty this person's rows."""
        rows = apps.get_model(self.model)._default_manager.filter(self.find(person))
        if self.empty:
            rows.update(**dict(self.empty))
        else:
            rows.delete()


def _by(path: str) -> Callable[[Reviewer], Q]:
    return lambda person: Q(**{path: person})


def _messages_to(person: Reviewer) -> Q:
    to = Q(recipient_kind=Message.Recipient.REVIEWER, recipient_id=person.pk)
    if person.user_id is not None:
        to |= Q(recipient_kind=Message.Recipient.USER, recipient_id=person.user_id)
    return to


def _messages_to_a_buddy(person: Reviewer) -> Q:
    """Messages to somebody else that name the person, whose buddy they were to be."""
    first_visits = FirstVisit.objects.filter(reviewer=person)
    return Q(kind__in=(BUDDY, NO_BUDDY), about_id__in=first_visits.values("pk"))


def _enquiries(person: Reviewer) -> Q:
    return Q(pk__in=[each.pk for each in of_person(person)])


GOES: tuple[Goes, ...] = (
    Goes("reviewers.accessneed", _by("reviewer")),
    Goes("reviewers.experience", _by("reviewer")),
    Goes("reviewers.exclusion", _by("reviewer")),
    Goes("reviewers.timeaway", _by("reviewer")),
    Goes("reviewers.enquiry", _enquiries),
    Goes("reviewers.interview", _by("reviewer")),
    Goes("reviewers.rolesignature", _by("reviewer")),
    Goes("reviewers.stagechange", _by("reviewer"), empty=(("note", ""), ("leaving_reason", ""))),
    Goes("checks.dbscheck", _by("reviewer")),  # and what hangs on it
    Goes("checks.siteclearance", _by("reviewer")),
    Goes(
        "reviews.firstvisit",
        _by("buddy"),
        empty=(("buddy", None), ("buddy_agreed_on", None)),
    ),
    Goes("notifications.message", _messages_to_a_buddy),  # while it is known whose visit it is
    Goes("reviews.firstvisit", _by("reviewer")),
    Goes("reviews.teammember", _by("reviewer"), empty=(("why_not", ""),)),
    Goes("reviews.turn", _by("reviewer")),
    Goes("reviews.keptproposal", _by("reviewer")),
    Goes("reviews.question", _by("member__reviewer")),
    Goes("reviews.visitrequest", _by("member__reviewer")),
    Goes("programme.keeping", _by("member__reviewer")),
    Goes("feedback.concern", _by("answer__author")),
    Goes("feedback.remark", _by("answer__author")),
    Goes("feedback.answer", _by("author"), empty=(("quote_as", "no"), ("quote_changed_on", None))),
    Goes(
        "training.place",
        _by("reviewer"),
        empty=(("walk_in_why", ""), ("corrected_why", ""), ("kept_as", "")),
    ),
    Goes("training.reading", _by("reviewer")),
    Goes("training.cyclenote", _by("reviewer")),
    Goes("notifications.message", _messages_to),
    Goes(SubjectRequest._meta.label_lower, _by("reviewer")),
)

# Rows that stay with a person who has no name any more
STAYS = frozenset(
    {
        "training.session",
        "training.cycle",
        "training.courseversion",
        "training.roomlink",
        "training.said",
        "training.questionset",
        "training.setquestion",
        "reviews.review",
        "reviews.postponement",
        "reviews.wave",
        "reviews.teammember",
        "feedback.asking",
        "feedback.extrarating",
        "programme.legalhold",
        "programme.erasure",
    }
)

IN_WORDS_GOES = (
    "Their name, reference, email, phone, address and emergency contact",
    "What they told us: needs, experience, places they would rather not go, when they can come",
    "Their enquiry, interviews and signatures",
    "Everything about their checks: DBS checks, decisions, sites",
    "Their words: questions, comments on visits, notes about them",
    "Every message to them, and those that told a buddy their name",
    "Their account: nobody can sign in with it",
)

IN_WORDS_STAYS: tuple[tuple[str, str], ...] = (
    (
        "Training, visits and ratings, without a name",
        "The figures are counted from them. The trust keeps its record of reviews for eight years.",
    ),
    (
        "Words of theirs in a board report that was approved before, without a name",
        "The report stays what the board was told. They read that before they allowed a quote.",
    ),
    (
        "When they joined and moved from stage to stage, without a note",
        "The figures are counted from it. Of the day they joined, the year stays.",
    ),
    (
        "Who looked at or changed something, when and why: numbers, no values",
        "Passing on what a certificate said is an offence (Police Act 1997, section 124).",
    ),
    (
        "A legal hold that is over, with its reason",
        "Only information governance reads it. It goes two years after it ended.",
    ),
    (
        "That they were erased: when, who asked, who agreed",
        "The law asks us to be able to show what we did (UK GDPR, Article 5).",
    ),
)
