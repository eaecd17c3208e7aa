"""Somebody says yes to a visit and books training then at the same moment; and without the lock."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any
from unittest.mock import patch

import pytest

from reviews.models import TeamMember
from reviews.operations import answers
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    SessionFactory,
)
from tests.races import race, winners
from training.models import Place, Session
from training.operations import places

pytestmark = pytest.mark.django_db(transaction=True)
DAY = TODAY + timedelta(days=9)


@contextmanager
def meeting_once_both_looked(patience: float) -> Iterator[None]:
    """Whoever says yes and whoever books wait for each other between the check and the write."""
    meeting = Barrier(2)

    def then_wait(real: Any) -> Any:
        def look(*args: Any, **kwargs: Any) -> Any:
            found = real(*args, **kwargs)
            with suppress(BrokenBarrierError):
                meeting.wait(patience)
            return found

        return look

    with (
        patch.object(answers, "missing_rules", then_wait(answers.missing_rules)),
        patch.object(places, "busy_elsewhere", then_wait(places.busy_elsewhere)),
    ):
        yield


@pytest.fixture
def member(trust: Any) -> TeamMember:
    review = ReviewFactory(visit_on=DAY, lxrs_wanted=2)
    return LXROnTeamFactory(review=review, reviewer=ReadyReviewerFactory())


@pytest.fixture
def session() -> Session:
    return SessionFactory(held_on=DAY, kind="refresher", booking_opens_on=TODAY)


def both(member: TeamMember, session: Session, answer: Any, book: Any) -> list[Any]:
    person = member.reviewer
    how = TeamMember.How.ONLINE
    return race(
        lambda: answer(member.pk, "accepted", how, by=person.user, now=NOW, why_not=""),
        lambda: book(session=session, reviewer=person, by=person.user, now=NOW),
    )


def yeses(member: TeamMember) -> int:
    """To how much of the two the person said yes."""
    visits = TeamMember.objects.filter(reviewer=member.reviewer, response="accepted")
    booked = Place.objects.filter(reviewer=member.reviewer, outcome="booked")
    return visits.count() + booked.count()


def test_one_of_a_visit_and_training_at_that_time_is_had(
    member: TeamMember, session: Session
) -> None:
    with meeting_once_both_looked(patience=1):
        outcomes = both(member, session, answers._answer, places.book_own)

    assert winners(outcomes) == yeses(member) == 1


def test_without_the_lock_on_the_person_they_would_have_both(
    member: TeamMember, session: Session
) -> None:
    def read(pk: int) -> Any:
        return TeamMember.objects.select_related("review__service", "reviewer").get(pk=pk)

    with (
        patch.object(answers, "lock_member", read),
        patch.object(places, "lock_session", lambda pk: Session.objects.get(pk=pk)),
        patch.object(places, "lock_people", lambda people: None),
        meeting_once_both_looked(patience=10),
    ):
        # Without a transaction nothing is held. Both are written; the audit ends each after that.
        both(member, session, answers._answer.__wrapped__, places.book_own.__wrapped__)

    assert yeses(member) == 2
