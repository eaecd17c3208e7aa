"""The way of a DBS check as one table: every move there is. What is not here does not happen."""

import enum

from checks.models import DBSCheck
from checks.refusals import Reason, Refused

State = DBSCheck.State


class Move(enum.Enum):
    """What a change of state is."""

    APPLY = "apply"
    ISSUE_BLANK = "issue, blank"
    ISSUE_DISCLOSURE = "issue, with a disclosure"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[DBSCheck.State, DBSCheck.State], Move] = {
    (State.ASKED, State.APPLIED): Move.APPLY,
    (State.APPLIED, State.BLANK): Move.ISSUE_BLANK,
    (State.APPLIED, State.DISCLOSURE): Move.ISSUE_DISCLOSURE,
    (State.ASKED, State.WITHDRAWN): Move.WITHDRAW,
    (State.APPLIED, State.WITHDRAWN): Move.WITHDRAW,
}

_REFUSALS = {
    State.ASKED: "Record the application first.",
    State.APPLIED: "This application is already recorded.",
    State.BLANK: "This check already has its certificate recorded.",
    State.DISCLOSURE: "This check already has its certificate recorded.",
    State.WITHDRAWN: "This application was withdrawn. Record a new one.",
}


def move_between(state: str, to: str) -> Move | None:
    """The move from one state to another; None where there is no way."""
    return TRANSITIONS.get((State(state), State(to)))


def check_can_move(check: DBSCheck, to: DBSCheck.State) -> None:
    """Raise RuleBroken unless the check can go to that state from where it stands."""
    if move_between(check.state, to) is None:
        is_too_early = check.state == State.ASKED
        reason = Reason.SKIPPED_STEP if is_too_early else Reason.OLD_FORM
        raise Refused(_REFUSALS[check.state], reason)
