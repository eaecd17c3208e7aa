"""Reads about the questions for visits: sets, focus groups, frameworks and what is covered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Count, Prefetch, Q, QuerySet

from training.models import (
    Cycle,
    FocusGroup,
    Framework,
    KeyQuestion,
    ProposedQuestion,
    QuestionSet,
    SetQuestion,
    Statement,
)

Written = TypeVar("Written", SetQuestion, ProposedQuestion)


@dataclass(frozen=True)
class Asked(Generic[Written]):
    """A key question with the questions under it, and the statements nothing asks about."""

    key_question: KeyQuestion
    questions: list[Written]

    @property
    def not_asked(self) -> list[Statement]:
        """The statements that no question maps to."""
        asked = {each.pk for question in self.questions for each in question.statements.all()}
        return [each for each in self.key_question.statements.all() if each.pk not in asked]


def newest_set() -> QuestionSet | None:
    """The questions that a new visit gets."""
    return QuestionSet.objects.select_related("group").order_by("-number").first()


def sets() -> QuerySet[QuestionSet]:
    """Every set, the newest first, with its group and ``asks``: how many questions."""
    return (
        QuestionSet.objects.select_related("group", "framework")
        .annotate(asks=Count("questions"))
        .order_by("-number")
    )


def get_set(pk: int) -> QuestionSet | None:
    """One set with its group, framework and cycle."""
    return QuestionSet.objects.select_related("group", "framework", "cycle").filter(pk=pk).first()


def next_to(number: int) -> QuestionSet | None:
    """The set with this number."""
    return QuestionSet.objects.filter(number=number).first()


def grouped(found: QuestionSet) -> list[Asked[SetQuestion]]:
    """The set's questions by key question. Four queries."""
    questions = found.questions.prefetch_related("statements").order_by("position")
    return _by_key_question(found.framework_id, questions)


def proposed(group: FocusGroup) -> list[Asked[ProposedQuestion]]:
    """What the group proposed by key question, most votes first. Four queries."""
    questions = group.questions.prefetch_related("statements")
    in_order = sorted(questions, key=lambda each: (-(each.votes or 0), each.pk))
    return _by_key_question(group.framework_id, in_order)


def _by_key_question(framework_id: int, questions: Iterable[Written]) -> list[Asked[Written]]:
    found: dict[int, list[Written]] = {}
    for question in questions:
        found.setdefault(question.key_question_id, []).append(question)
    return [Asked(each, found.get(each.pk, [])) for each in _key_questions(framework_id)]


def _key_questions(framework_id: int) -> QuerySet[KeyQuestion]:
    statements = Prefetch("statements", Statement.objects.order_by("position"))
    return (
        KeyQuestion.objects.filter(framework=framework_id)
        .prefetch_related(statements)
        .order_by("position")
    )


def groups() -> QuerySet[FocusGroup]:
    """Every focus group, the latest first, with ``proposed`` and ``agreed``: how many."""
    return (
        FocusGroup.objects.select_related("framework", "question_set")
        .annotate(
            proposed=Count("questions"),
            agreed=Count("questions", filter=Q(questions__is_agreed=True)),
        )
        .order_by("-ended_on", "-pk")
    )


def get_group(pk: int) -> FocusGroup | None:
    """One focus group, with the set it became."""
    return groups().filter(pk=pk).first()


def get_proposed(pk: int) -> ProposedQuestion | None:
    """One question that a group proposed."""
    return (
        ProposedQuestion.objects.select_related("group__framework", "key_question")
        .filter(pk=pk)
        .first()
    )


def frameworks() -> QuerySet[Framework]:
    """Every version of every framework, the newest first."""
    return Framework.objects.annotate(asks=Count("key_questions")).order_by("-pk")


def get_framework(pk: int) -> Framework | None:
    """One version of a framework."""
    return Framework.objects.filter(pk=pk).first()


def outline(framework: Framework) -> list[KeyQuestion]:
    """Its key questions with their statements. Two queries."""
    return list(_key_questions(framework.pk))


def cycles_for_a_set() -> QuerySet[Cycle]:
    """Changes to the questions that were kept and have led to no set yet."""
    kept = [Cycle.Outcome.ADOPT, Cycle.Outcome.ADAPT]
    return Cycle.objects.filter(
        about=Cycle.About.QUESTIONS, outcome__in=kept, question_set=None
    ).order_by("-acted_on", "-pk")


def may_be_kept(group: FocusGroup) -> QuerySet[SetQuestion]:
    """The newest set's questions, where it has the group's framework: a new set may keep them."""
    newest = newest_set()
    if newest is None or newest.framework_id != group.framework_id:
        return SetQuestion.objects.none()
    return newest.questions.select_related("key_question").order_by("position")


@dataclass(frozen=True)
class Changes:
    """What a set asks that the one before did not, and the other way round."""

    new: list[str]
    gone: list[str]


def changes(before: QuestionSet, after: QuestionSet) -> Changes:
    """The questions that came and went between two sets. One query."""
    words: dict[int, list[str]] = {before.pk: [], after.pk: []}
    asked = SetQuestion.objects.filter(question_set__in=words).order_by("position")
    for set_id, question in asked.values_list("question_set", "words"):
        words[set_id].append(question)
    old, new = words[before.pk], words[after.pk]
    return Changes(
        new=[each for each in new if each not in old],
        gone=[each for each in old if each not in new],
    )
