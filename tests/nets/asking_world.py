"""The world's asking: who is in line for a visit, who could not come, the team's calendar."""

from datetime import timedelta
from typing import Any

from reviews.models import TeamFeed
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.canaries import CANARIES


def add_asking(world: Any) -> None:
    """A line with somebody asked, somebody waiting and somebody passed over; a visit declined."""
    world.declined = make.LXROnTeamFactory(
        review=make.ReviewFactory(visit_on=TODAY + timedelta(days=42), service=world.service),
        reviewer=world.reviewer,
        response="declined",
    )
    world.reserve = make.LXROnTeamFactory(review=world.review, role="reserve", response="accepted")
    world.team_feed = TeamFeed.objects.create(pk=1, nonce="n", made_at=NOW)
    world.visit_request = make.VisitRequestFactory(member=world.invitation)
    world.answered_request = make.VisitRequestFactory(
        member=world.invitation, kind="companion", answer="met", answered_at=NOW,
        words=CANARIES["request"],
    )  # fmt: skip
    world.wave = make.WaveFactory(review=world.review)
    line = {"asked": world.reviewer, "waiting": world.candidate, "skipped": world.paused}
    world.turns = {
        state: make.TurnFactory(wave=world.wave, reviewer=who, state=state)
        for state, who in line.items()
    }


def grow_asking(world: Any) -> None:
    """One more in the line, and somebody who would like a companion."""
    make.VisitRequestFactory(
        kind="companion", member__review=make.ReviewFactory(visit_on=TODAY + timedelta(days=42))
    )
    make.TurnFactory(wave=world.wave)
