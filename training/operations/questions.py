"""Questions for visits: the framework, the focus group, what it proposed and agreed, the set."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from rules import RuleBroken
from training import question_policies as policies
from training.frameworks import read_lines
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


class GroupDetails(TypedDict):
    """What a focus group was, as its form asks."""

    title: str
    framework: Framework
    began_on: date
    ended_on: date
    meetings: int
    users: int
    carers: int
    staff: int


@transaction.atomic
def add_framework(*, name: str, version: str, lines: str, by: User, now: datetime) -> Framework:
    """A version of a framework, from lines of key questions and statements. Raises RuleBroken."""
    read = read_lines(lines)
    try:
        with transaction.atomic():
            framework = Framework.objects.create(name=name, version=version)
    except IntegrityError as error:
        message = f"There is already a version {version} of {name}."
        raise RuleBroken(message) from error
    for position, (key_question, statements) in enumerate(read, start=1):
        asked = KeyQuestion.objects.create(
            framework=framework, position=position, name=key_question
        )
        Statement.objects.bulk_create(
            Statement(key_question=asked, position=each, name=statement)
            for each, statement in enumerate(statements, start=1)
        )
    record("added a framework", on=framework, by=by, now=now)
    return framework


@transaction.atomic
def add_group(*, details: GroupDetails, by: User, now: datetime) -> FocusGroup:
    """A focus group that has met. The same again is the one that is there. Raises RuleBroken."""
    _check_details(details, now)
    same = FocusGroup.objects.filter(**details).first()
    if same is not None:
        return same
    group = FocusGroup.objects.create(**details)
    record("wrote down a focus group", on=group, by=by, now=now)
    return group


@transaction.atomic
def change_group(
    *, group: FocusGroup, details: GroupDetails, by: User, now: datetime
) -> FocusGroup:
    """The group is as the details say. What changes nothing leaves no trace. Raises RuleBroken."""
    group = _locked(group)
    _check_details(details, now)
    framework = details["framework"].pk
    policies.check_framework(group, framework, has_questions=group.questions.exists())
    most = group.questions.aggregate(most=Max("votes"))["most"]
    policies.check_votes(most, took_part=details["users"] + details["carers"] + details["staff"])
    changed = [name for name, value in details.items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, details[name])  # type: ignore[literal-required]
    if changed:
        group.save()
        record("changed a focus group", on=group, by=by, now=now, fields=changed)
    return group


@transaction.atomic
def propose(
    *, group: FocusGroup, key_question: KeyQuestion, words: Iterable[str], by: User, now: datetime
) -> int:
    """Put questions to the group; how many were new to it. Raises RuleBroken."""
    group = _locked(group)
    policies.check_key_question(group, key_question)
    there = {each.casefold() for each in group.questions.values_list("words", flat=True)}
    new = {each.casefold(): each for each in words if each.casefold() not in there}
    policies.check_room(len(there), len(new))
    ProposedQuestion.objects.bulk_create(
        ProposedQuestion(group=group, key_question=key_question, words=each)
        for each in new.values()
    )
    if new:
        record("wrote down questions a focus group proposed", on=group, by=by, now=now)
    return len(new)


@transaction.atomic
def change_proposed(
    *,
    question: ProposedQuestion,
    words: str,
    key_question: KeyQuestion,
    statements: Collection[Statement],
    by: User,
    now: datetime,
) -> ProposedQuestion:
    """Its words, its key question and what it asks about. Raises RuleBroken.

    Under another key question it asks about nothing until that is said again.
    """
    group = _locked(question.group)
    question = _still_there(question)
    policies.check_key_question(group, key_question)
    if key_question.pk != question.key_question_id:
        statements = []
    policies.check_statements(key_question, statements)
    question.words, question.key_question = words, key_question
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError as error:
        message = "The group has proposed this question already."
        raise RuleBroken(message) from error
    question.statements.set(statements)
    record("changed a question a focus group proposed", on=group, by=by, now=now)
    return question


@transaction.atomic
def remove_proposed(*, question: ProposedQuestion, by: User, now: datetime) -> None:
    """Take away what was written down by mistake. Raises RuleBroken."""
    group = _locked(question.group)
    _still_there(question).delete()
    record("took away a question of a focus group", on=group, by=by, now=now)


@transaction.atomic
def record_votes(
    *,
    group: FocusGroup,
    votes: Mapping[int, int | None],
    agreed: Collection[int],
    by: User,
    now: datetime,
) -> None:
    """How many voted for each question, and which ones the group agreed on. Raises RuleBroken.

    Questions that are not named stay as they are.
    """
    group = _locked(group)
    changed = []
    for question in group.questions.filter(pk__in=votes):
        policies.check_votes(votes[question.pk], took_part=group.took_part)
        said = (votes[question.pk], question.pk in agreed)
        if said != (question.votes, question.is_agreed):
            question.votes, question.is_agreed = said
            changed.append(question)
    ProposedQuestion.objects.bulk_update(changed, ["votes", "is_agreed"])
    if changed:
        record("recorded what a focus group agreed", on=group, by=by, now=now)


@transaction.atomic
def make_set(
    *,
    group: FocusGroup,
    keep: Collection[SetQuestion],
    cycle: Cycle | None,
    made_on: date,
    why: str,
    by: User,
    now: datetime,
) -> QuestionSet:
    """The next version of the questions: what the group agreed, and what it keeps; once.

    Raises RuleBroken.
    """
    group = FocusGroup.objects.select_for_update().get(pk=group.pk)
    made = QuestionSet.objects.filter(group=group).first()
    if made is not None:
        return made
    agreed = list(group.questions.filter(is_agreed=True).prefetch_related("statements"))
    policies.check_can_make(agreed)
    policies.check_made_on(made_on, group=group, today=localdate(now))
    has_set = cycle is not None and QuestionSet.objects.filter(cycle=cycle).exists()
    policies.check_cycle(cycle, has_set=has_set)
    newest = QuestionSet.objects.select_for_update().order_by("-number").first()
    try:
        with transaction.atomic():
            made = QuestionSet.objects.create(
                number=newest.number + 1 if newest else 1,
                framework=group.framework,
                group=group,
                cycle=cycle,
                made_on=made_on,
                why=why,
            )
    except IntegrityError as error:
        message = "Someone else made a set at the same moment. Look at it, then try again."
        raise RuleBroken(message) from error
    kept = [each for each in keep if newest is not None and each.question_set_id == newest.pk]
    _fill(made, kept, agreed)
    record("made a set of questions", on=made, by=by, now=now)
    return made


def _fill(
    made: QuestionSet, kept: Iterable[SetQuestion], agreed: Iterable[ProposedQuestion]
) -> None:
    """Write the questions by key question: those with most votes first, then those kept."""
    chosen: dict[str, SetQuestion | ProposedQuestion] = {}
    for each in sorted(agreed, key=lambda each: (-(each.votes or 0), each.pk)):
        chosen[each.words.casefold()] = each
    for old in kept:
        if old.key_question.framework_id == made.framework_id:
            chosen.setdefault(old.words.casefold(), old)
    in_order = sorted(chosen.values(), key=lambda each: each.key_question.position)
    for position, question in enumerate(in_order, start=1):
        written = SetQuestion.objects.create(
            question_set=made,
            key_question=question.key_question,
            position=position,
            words=question.words,
        )
        written.statements.set(question.statements.all())


def _check_details(details: GroupDetails, now: datetime) -> None:
    policies.check_days(details["began_on"], details["ended_on"], today=localdate(now))
    policies.check_lived_experience(users=details["users"], carers=details["carers"])


def _locked(group: FocusGroup) -> FocusGroup:
    group = FocusGroup.objects.select_for_update().select_related("framework").get(pk=group.pk)
    policies.check_open(group, is_made=QuestionSet.objects.filter(group=group).exists())
    return group


def _still_there(question: ProposedQuestion) -> ProposedQuestion:
    found = ProposedQuestion.objects.filter(pk=question.pk).first()
    if found is None:
        message = "Someone has taken this question away."
        raise RuleBroken(message)
    return found
