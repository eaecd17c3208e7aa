"""The way from enquiry to active as one table: every move there is, and what kind it is.

Checks and training run in parallel; the stage shows the earliest unfinished. So the way leads
from the interview to either, and from checks straight to active for whoever is trained already.
"""

import enum

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

# Moves that are a choice of stage; a pause and its end are operations of their own.
_CHOSEN = (Move.FORWARD, Move.BACK, Move.LEAVE, Move.REJOIN)


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
