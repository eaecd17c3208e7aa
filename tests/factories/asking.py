"""How people are asked: the line of a visit."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.cast import NOW, LXROnTeamFactory, ReadyReviewerFactory, ReviewFactory


class WaveFactory(DjangoModelFactory):
    """A line that does not run."""

    class Meta:
        model = "reviews.Wave"

    review: Any = factory.SubFactory(ReviewFactory)


class VisitRequestFactory(DjangoModelFactory):
    """Somebody on a visit to come would like a buddy."""

    class Meta:
        model = "reviews.VisitRequest"

    member: Any = factory.SubFactory(LXROnTeamFactory, response="accepted")
    kind = "buddy"
    asked_at = NOW
    asked_how = "online"


class TurnFactory(DjangoModelFactory):
    """Somebody in line who may go."""

    class Meta:
        model = "reviews.Turn"

    wave: Any = factory.SubFactory(WaveFactory)
    reviewer: Any = factory.SubFactory(ReadyReviewerFactory, first_visit_anywhere=True)
    place = factory.Sequence(lambda n: n + 1)
