"""The table of stages: every pair of stages is walked."""

from itertools import product

import pytest

from reviewers import operations
from reviewers.models import Stage
from reviewers.stages import NEEDS_REASON, TRANSITIONS, Move, ways_from
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory

PAIRS = [(start, to) for start, to in product(Stage, Stage) if start != to]

CHOSEN = {
    ("enquiry", "interview"): "forward",
    ("enquiry", "left"): "leave",
    ("interview", "enquiry"): "back",
    ("interview", "checks"): "forward",
    ("interview", "training"): "forward",
    ("interview", "left"): "leave",
    ("checks", "interview"): "back",
    ("checks", "training"): "forward",
    ("checks", "active"): "forward",
    ("checks", "left"): "leave",
    ("training", "checks"): "back",
    ("training", "active"): "forward",
    ("training", "left"): "leave",
    ("active", "training"): "back",
    ("active", "left"): "leave",
    ("paused", "left"): "leave",
    ("left", "enquiry"): "rejoin",
}


@pytest.mark.parametrize(("start", "to"), PAIRS, ids=lambda stage: stage.value)
def test_every_pair_of_stages_moves_or_is_refused(db, user_as, start, to):
    reviewer = ReviewerFactory(stage=start)

    def move():
        return operations.change_stage(
            reviewer=reviewer,
            to=to,
            by=user_as("coordinator"),
            now=NOW,
            reason="They asked",
            leaving_reason="not said" if to == "left" else "",
        )

    if (start.value, to.value) in CHOSEN:
        assert TRANSITIONS[start, to].value == CHOSEN[start.value, to.value]
        move()
        reviewer.refresh_from_db()
        assert (reviewer.stage, reviewer.stage_since) == (to, TODAY)
        change = reviewer.stage_changes.get()
        assert (change.from_stage, change.to_stage, change.at) == (start, to, NOW)
        assert change.note == "They asked"
    else:
        with pytest.raises(RuleBroken):
            move()
        reviewer.refresh_from_db()
        assert reviewer.stage == start
        assert not reviewer.stage_changes.exists()


@pytest.mark.parametrize(
    ("start", "to"), [pair for pair, move in TRANSITIONS.items() if move in NEEDS_REASON]
)
def test_step_back_needs_a_reason(db, user_as, start, to):
    reviewer = ReviewerFactory(stage=start)
    with pytest.raises(RuleBroken, match="needs a reason"):
        operations.change_stage(
            reviewer=reviewer, to=to, by=user_as("coordinator"), now=NOW, reason=" "
        )


def test_ways_from_a_stage_start_with_the_way_forward():
    assert ways_from("checks") == [
        (Stage.TRAINING, Move.FORWARD),
        (Stage.ACTIVE, Move.FORWARD),
        (Stage.INTERVIEW, Move.BACK),
    ]


def test_a_pause_and_leaving_have_pages_of_their_own():
    ways = [to for stage in Stage for to, _ in ways_from(stage)]
    assert not {Stage.PAUSED, Stage.LEFT} & set(ways)
