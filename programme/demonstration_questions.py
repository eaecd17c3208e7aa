"""The demonstration's questions for visits: four meetings over two weeks, with 15 people."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from accounts.models import User
from reviews.models import Review
from reviews.to_ask.operations import choose_questions
from training.frameworks import CQC_LINES, CQC_NAME, CQC_VERSION
from training.models import FocusGroup, Framework, QuestionSet, Session
from training.operations import questions as operations

# By key question: each question with its votes, and the statement it asks about.
PROPOSED = {
    "Safe": (
        ("Do you feel safe here, also at night?", 15, "Safe environments"),
        ("Do you know what your medicines are for?", 11, "Medicines optimisation"),
        ("Could you tell someone if something went wrong?", 9, "Learning culture"),
    ),
    "Effective": (
        ("Did somebody ask what you want to get better at?", 10, "Assessing needs"),
        (
            "Did you say yes to your care, or did it just happen?",
            12,
            "Consent to care and treatment",
        ),
    ),
    "Caring": (
        ("Do staff know your name, and what you like?", 14, "Treating people as individuals"),
        ("Are people spoken to kindly when it is busy?", 13, "Kindness, compassion and dignity"),
        ("Can you see the people who matter to you?", 8, "Independence, choice and control"),
    ),
    "Responsive": (
        ("Can you get information in a way that works for you?", 12, "Providing information"),
        ("If you asked for one change, did it happen?", 9, "Listening to and involving people"),
    ),
    "Well-led": (
        ("Do staff seem well looked after?", 7, "Capable, compassionate and inclusive leaders"),
        ("What has changed here because somebody spoke up?", 10, "Freedom to speak up"),
    ),
}
LEAST_VOTES = 8  # what fewer voted for was not agreed


def tell_of_questions(*, by: User) -> None:
    """The framework, the group, what it agreed, and the visits that use it, once."""
    if Framework.objects.exists():
        return
    workshop = Session.objects.filter(kind=Session.Kind.WORKSHOP).order_by("held_on").first()
    if workshop is None:
        return
    ended_on = workshop.held_on - timedelta(days=21)
    now = _at(ended_on)
    framework = operations.add_framework(
        name=CQC_NAME, version=CQC_VERSION, lines=CQC_LINES, by=by, now=now
    )
    group = operations.add_group(
        details={
            "title": "Involvement members, before the first workshop",
            "framework": framework,
            "began_on": ended_on - timedelta(days=13),
            "ended_on": ended_on,
            "meetings": 4,
            "users": 11,
            "carers": 4,
            "staff": 0,
        },
        by=by,
        now=now,
    )
    _write_down(group, by, now)
    made = operations.make_set(
        group=group,
        keep=[],
        cycle=None,
        made_on=ended_on + timedelta(days=3),
        why="Reviewers asked what staff had written. These are the questions that people who "
        "have used services want to ask.",
        by=by,
        now=_at(ended_on + timedelta(days=3)),
    )
    _use(made, by)


def _write_down(group: FocusGroup, by: User, now: datetime) -> None:
    for key_question in group.framework.key_questions.all():
        proposed = PROPOSED[key_question.name]
        operations.propose(
            group=group,
            key_question=key_question,
            words=[words for words, _, _ in proposed],
            by=by,
            now=now,
        )
        for words, _, statement in proposed:
            operations.change_proposed(
                question=group.questions.select_related("group").get(words=words),
                words=words,
                key_question=key_question,
                statements=[key_question.statements.get(name=statement)],
                by=by,
                now=now,
            )
    votes = {words: number for asked in PROPOSED.values() for words, number, _ in asked}
    ids = {question.pk: votes[question.words] for question in group.questions.all()}
    agreed = {pk for pk, number in ids.items() if number >= LEAST_VOTES}
    operations.record_votes(group=group, votes=ids, agreed=agreed, by=by, now=now)


def _use(made: QuestionSet, by: User) -> None:
    coming = Review.objects.coming().values_list("pk", flat=True)
    choose_questions(reviews=list(coming), question_set=made, by=by, now=_at(made.made_on))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), get_default_timezone())
