"""Somebody is given longer to answer: until when, who hears it, and when it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from notifications.models import Message
from reviews import operations
from reviews.holds import hold_of
from reviews.longer.operations import give_longer
from reviews.models import TeamMember
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReadyReviewerFactory, ReviewFactory
from tests.reviews.steps import done, invite, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(user_as: Any, trust: Any) -> Any:
    return user_as("coordinator")


@pytest.fixture
def member(by: Any) -> TeamMember:
    """Asked to a visit in 20 days; 7 days to answer."""
    person = ReadyReviewerFactory(first_name="Ada", first_visit_anywhere=True)
    return invite(ReviewFactory(visit_on=TODAY + timedelta(days=20)), person, by)


def test_they_have_until_the_end_of_that_day_and_are_told(member: Any, by: Any) -> None:
    given = give_longer(member=member, day=TODAY + timedelta(days=9), by=by, now=NOW)

    assert f"{localtime(given.answer_by):%Y-%m-%d %H:%M}" == "2026-06-20 00:00"
    message = Message.objects.get(kind="visit-longer-to-answer")
    assert "please tell us by Friday 19 June 2026" in message.body
    assert done()[-1] == "gave longer to answer"
    operations.expire_invitations(now=NOW + timedelta(days=8))
    assert say(member, "accepted", by, now=NOW + timedelta(days=9)).response == "accepted"


def test_never_longer_than_until_the_visit_begins(member: Any, by: Any) -> None:
    given = give_longer(member=member, day=TODAY + timedelta(days=30), by=by, now=NOW)

    assert given.answer_by == hold_of(member.review)[0]


def test_no_less_than_they_have(member: Any, by: Any) -> None:
    with pytest.raises(RuleBroken, match="They have until Wednesday 17 June 2026 already"):
        give_longer(member=member, day=TODAY + timedelta(days=7), by=by, now=NOW)


def test_who_has_answered_needs_no_longer(member: Any, by: Any) -> None:
    say(member, "declined", by)

    with pytest.raises(RuleBroken, match="no longer open"):
        give_longer(member=member, day=TODAY + timedelta(days=9), by=by, now=NOW)


def test_its_page_says_what_is_wrong_and_what_came_of_it(
    member: Any, client_as: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    client = client_as("coordinator")
    address = f"/reviews/{member.review_id}/team/{member.pk}/longer/"

    def send(day: int) -> str:
        sent = {"day_day": day, "day_month": 6, "day_year": 2026}
        return client.post(address, sent, follow=True).content.decode()

    assert "Choose a later day." in send(12)
    assert f"{member.reviewer} has until Friday 19 June 2026 to answer." in send(19)
