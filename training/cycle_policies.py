"""The steps of a PDSA cycle, and when each part may be written. Pure: no clock, no SQL."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from nhsuk.words import nhs_date
from rules import RuleBroken
from training.models import Cycle, Session

Stage = Cycle.Stage


class Part(StrEnum):
    """The four parts of a cycle."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"


# The stage a cycle is at after a part is written. What is not here may not be written then: a
# prediction stays as it was before the change was tried.
AFTER: dict[Part, dict[str, Stage]] = {
    Part.PLAN: {Stage.PLANNED: Stage.PLANNED},
    Part.DO: {Stage.PLANNED: Stage.DOING, Stage.DOING: Stage.DOING},
    Part.STUDY: {Stage.DOING: Stage.STUDYING, Stage.STUDYING: Stage.STUDYING},
    Part.ACT: {
        Stage.PLANNED: Stage.ACTED,
        Stage.DOING: Stage.ACTED,
        Stage.STUDYING: Stage.ACTED,
    },
}
_TOO_LATE = {
    Part.PLAN: "The plan stays as it was when you began to try the change.",
    Part.DO: "You are past this step, so it stays as it is.",
    Part.STUDY: "You have decided about this change, so what you learned stays as it is.",
    Part.ACT: "You have decided about this change already.",
}
_TOO_EARLY = "Write down first how you tried the change."


def can_write(cycle: Cycle, part: Part) -> bool:
    """Whether this part may be written now."""
    return cycle.stage in AFTER[part]


def check_can_write(cycle: Cycle, part: Part) -> None:
    """Writing a part of a cycle. Raises RuleBroken."""
    if can_write(cycle, part):
        return
    is_early = part == Part.STUDY and cycle.stage == Stage.PLANNED
    raise RuleBroken(_TOO_EARLY if is_early else _TOO_LATE[part])


def check_owners(*, staff: Collection[object], lxrs: Collection[object]) -> None:
    """A change has somebody who leads it. Raises RuleBroken."""
    if not staff and not lxrs:
        message = "Say who leads this change: staff, Lived Experience Reviewers, or both."
        raise RuleBroken(message)


def check_leads(*, is_owner: bool) -> None:
    """A note by a Lived Experience Reviewer about a change they help to lead. RuleBroken."""
    if not is_owner:
        message = "You do not help to lead this change any more."
        raise RuleBroken(message)


def check_day(day: date, *, after: date | None, today: date) -> None:
    """A step is taken today or earlier, and not before the one before it. Raises RuleBroken."""
    if day > today:
        message = "Enter today or an earlier day."
        raise RuleBroken(message)
    if after is not None and day < after:
        message = f"The step before was on {nhs_date(after)}. Enter that day or a later one."
        raise RuleBroken(message)


def check_sessions(cycle: Cycle, sessions: Collection[Session]) -> None:
    """A change to a course is tried at sessions of that course. Raises RuleBroken."""
    if cycle.course_id is None:
        return
    if not sessions:
        message = "Choose the sessions at which you try the change."
        raise RuleBroken(message)
    others = [each for each in sessions if each.version is None]
    others += [
        each for each in sessions if each.version and each.version.course_id != cycle.course_id
    ]
    if others:
        message = f"{others[0].code} is not a session of {cycle.course}. Choose another."
        raise RuleBroken(message)


def check_was_tried(cycle: Cycle, sessions: Collection[Session], *, today: date) -> None:
    """A change to a course is studied once it was tried. Raises RuleBroken."""
    held = [each for each in sessions if each.held_on <= today and not each.is_cancelled]
    if cycle.course_id is not None and not held:
        message = "None of its sessions has taken place yet. Study the change after the first one."
        raise RuleBroken(message)


def check_summary(
    cycle: Cycle,
    *,
    agreed_on: date | None,
    agreed_by: int | None,
    attended: int,
    first: date | None,
    today: date,
) -> None:
    """A summary is agreed by people who were there, after they were. Raises RuleBroken.

    Who was there is known of a change to a course.
    """
    if agreed_on is not None and agreed_on > today:
        message = "The summary is agreed once the attendees have said so: today or earlier."
        raise RuleBroken(message)
    if agreed_on is not None and first is not None and agreed_on < first:
        message = f"The first session was on {nhs_date(first)}. The summary is agreed after it."
        raise RuleBroken(message)
    if agreed_by is None or cycle.course_id is None:
        return
    if not attended:
        message = "Record first who came to these sessions. No more than that can have agreed."
        raise RuleBroken(message)
    if agreed_by > attended:
        people = "1 person" if attended == 1 else f"{attended} people"
        message = f"{people} came to these sessions, so no more than that can have agreed."
        raise RuleBroken(message)


def check_outcome(cycle: Cycle, outcome: str) -> None:
    """What was not studied can be given up, not kept. Raises RuleBroken."""
    if outcome != Cycle.Outcome.ABANDON and cycle.stage != Stage.STUDYING:
        message = "Study the change before you keep it. Or abandon it."
        raise RuleBroken(message)


def is_kept(cycle: Cycle) -> bool:
    """Whether it was decided to keep the change, as it is or changed further."""
    return cycle.stage == Stage.ACTED and cycle.outcome in (
        Cycle.Outcome.ADOPT,
        Cycle.Outcome.ADAPT,
    )


def makes_version(cycle: Cycle) -> bool:
    """Whether the cycle leads to a new version of its course."""
    return is_kept(cycle) and cycle.course_id is not None


def leads_to_questions(cycle: Cycle) -> bool:
    """Whether the cycle leads to a new version of the questions for visits."""
    return is_kept(cycle) and cycle.course_id is None


def check_makes_version(cycle: Cycle) -> None:
    """Making the new version of a course. Raises RuleBroken."""
    if cycle.course_id is None:
        message = "This change is about the questions. It leads to a new set of questions."
    elif not makes_version(cycle):
        message = "Decide first to adopt or adapt the change. Then it becomes a new version."
    else:
        return
    raise RuleBroken(message)
