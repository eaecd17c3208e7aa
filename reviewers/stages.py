"""The way from enquiry to active as one table: every move there is, and what kind it is.

Checks and training run in parallel; the stage shows the earliest unfinished. So the way leads
from the interview to either, and from checks straight to active for whoever is trained already.
"""

import enum
from datetime import date

from reviewers.models import Stage


class Move(enum.Enum):
    """What a change of stage is."""

    FORWARD = "forward"
    BACK = "back"  # one step, with a reason
    PAUSE = "pause"
    COME_BACK = "come back"  # to the stage before the pause
    LEAVE = "leave"
    REJOIN = "rejoin"  # with a reason


_FORWARD = (
    (Stage.ENQUIRY, Stage.INTERVIEW),
    (Stage.INTERVIEW, Stage.CHECKS),
    (Stage.INTERVIEW, Stage.TRAINING),
    (Stage.CHECKS, Stage.TRAINING),
    (Stage.CHECKS, Stage.ACTIVE),
    (Stage.TRAINING, Stage.ACTIVE),
)
_BACK = (
    (Stage.INTERVIEW, Stage.ENQUIRY),
    (Stage.CHECKS, Stage.INTERVIEW),
    (Stage.TRAINING, Stage.CHECKS),
    (Stage.ACTIVE, Stage.TRAINING),
)
# The role description is read and signed from checks on.
MAY_BE_ASKED_TO_SIGN = (Stage.CHECKS, Stage.TRAINING, Stage.ACTIVE)
ON_THE_WAY = (Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING, Stage.ACTIVE)

TRANSITIONS: dict[tuple[Stage, Stage], Move] = {
    **dict.fromkeys(_FORWARD, Move.FORWARD),
    **dict.fromkeys(_BACK, Move.BACK),
    **{(stage, Stage.PAUSED): Move.PAUSE for stage in ON_THE_WAY},
    **{(Stage.PAUSED, stage): Move.COME_BACK for stage in ON_THE_WAY},
    **{(stage, Stage.LEFT): Move.LEAVE for stage in (*ON_THE_WAY, Stage.PAUSED)},
    (Stage.LEFT, Stage.ENQUIRY): Move.REJOIN,
}

NEEDS_REASON = (Move.BACK, Move.REJOIN)

# Moves that are a choice of stage; a pause, its end and leaving have pages of their own.
_CHOSEN = (Move.FORWARD, Move.BACK, Move.REJOIN)

# After so many days at a stage somebody should look what holds the person up. At checks it is the
# same for everyone, whatever the cause.
DAYS_AT_STAGE: dict[Stage, int] = {
    Stage.ENQUIRY: 14,
    Stage.INTERVIEW: 28,
    Stage.CHECKS: 56,
    Stage.TRAINING: 84,
}


def move_between(stage: str, to: str) -> Move | None:
    """The kind of move from one stage to another; None where there is no way."""
    return TRANSITIONS.get((Stage(stage), Stage(to)))


def ways_from(stage: str) -> list[tuple[Stage, Move]]:
    """The stages a coordinator can choose for somebody who is at ``stage``, nearest first."""
    found = [
        (to, move)
        for (start, to), move in TRANSITIONS.items()
        if start == stage and move in _CHOSEN
    ]
    return sorted(found, key=lambda way: _CHOSEN.index(way[1]))


def next_stages(stage: str) -> list[Stage]:
    """The stages that lead on from ``stage``, nearest first."""
    return [to for start, to in _FORWARD if start == stage]


def is_overdue(stage: str, since: date, today: date) -> bool:
    """Whether somebody has been at a stage for longer than it should take."""
    days = DAYS_AT_STAGE.get(Stage(stage))
    return days is not None and (today - since).days > days
