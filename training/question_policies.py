"""When questions may be proposed, voted on and made a set. Pure: no clock, no SQL."""

from collections.abc import Collection
from datetime import date

from nhsuk.words import nhs_date
from rules import RuleBroken
from training.cycle_policies import leads_to_questions
from training.models import Cycle, FocusGroup, KeyQuestion, ProposedQuestion, Statement

MOST = 100  # questions of a set or a group


def check_open(group: FocusGroup, *, is_made: bool) -> None:
    """What a group agreed stays as it is once it became a set. Raises RuleBroken."""
    if is_made:
        message = "These questions are a set by now, so they stay as the group agreed them."
        raise RuleBroken(message)


def check_days(began_on: date, ended_on: date, *, today: date) -> None:
    """A group meets before it is written down. Raises RuleBroken."""
    if ended_on < began_on:
        message = "The last meeting cannot be before the first."
        raise RuleBroken(message)
    if ended_on > today:
        message = "Write down the group once it has met: today or an earlier day."
        raise RuleBroken(message)


def check_lived_experience(*, users: int, carers: int) -> None:
    """The questions are written by people with lived experience. Raises RuleBroken."""
    if users + carers == 0:
        message = "Someone who has used services, or cared for someone, must have taken part."
        raise RuleBroken(message)


def check_framework(group: FocusGroup, framework_id: int, *, has_questions: bool) -> None:
    """Questions stay grouped as they were proposed. Raises RuleBroken."""
    if has_questions and framework_id != group.framework_id:
        message = "There are questions already, so the framework stays. Start a new group instead."
        raise RuleBroken(message)


def check_room(there: int, more: int) -> None:
    """No more questions than anybody could use. Raises RuleBroken."""
    if there + more > MOST:
        message = f"A group can have {MOST} questions. It has {there}, so {more} more do not fit."
        raise RuleBroken(message)


def check_key_question(group: FocusGroup, key_question: KeyQuestion) -> None:
    """A key question of the group's own framework. Raises RuleBroken."""
    if key_question.framework_id != group.framework_id:
        message = f"“{key_question}” is not a key question of {group.framework}."
        raise RuleBroken(message)


def check_statements(key_question: KeyQuestion, statements: Collection[Statement]) -> None:
    """Statements of the question's own key question. Raises RuleBroken."""
    for statement in statements:
        if statement.key_question_id != key_question.pk:
            message = f"“{statement}” is not a statement of {key_question}."
            raise RuleBroken(message)


def check_votes(votes: int | None, *, took_part: int) -> None:
    """One vote for each person who took part. Raises RuleBroken."""
    if votes is not None and votes > took_part:
        message = f"{took_part} people took part, so a question has {took_part} votes at most."
        raise RuleBroken(message)


def check_can_make(agreed: Collection[ProposedQuestion]) -> None:
    """A set holds questions that the group agreed on. Raises RuleBroken."""
    if not agreed:
        message = "The group has agreed on no question yet. Record the votes first."
        raise RuleBroken(message)


def check_cycle(cycle: Cycle | None, *, has_set: bool) -> None:
    """A set comes from a change to the questions that is kept, once. Raises RuleBroken."""
    if cycle is None:
        return
    if not leads_to_questions(cycle):
        message = f"“{cycle}” is not a change to the questions that you decided to keep."
        raise RuleBroken(message)
    if has_set:
        message = f"“{cycle}” has led to a set of questions already."
        raise RuleBroken(message)


def check_made_on(made_on: date, *, group: FocusGroup, today: date) -> None:
    """A set is made after the group met, today at the latest. Raises RuleBroken."""
    if made_on > today:
        message = "Enter today or an earlier day."
        raise RuleBroken(message)
    if made_on < group.ended_on:
        message = f"The group met until {nhs_date(group.ended_on)}. Enter that day or a later one."
        raise RuleBroken(message)
