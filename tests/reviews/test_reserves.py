"""Reserves stand by, do not count, and are asked by themselves when somebody drops out."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.models import Message
from reviewers.models import TimeAway
from reviews import operations
from reviews.eligibility import counts_towards_cap
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from reviews.reserves.operations import call, invite_reserve
from reviews.time_to_answer import reserve_answers_by
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReadyReviewerFactory, ReviewFactory
from tests.reviews.steps import done, invite, say

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


@pytest.fixture
def review():
    """Two days from now."""
    return ReviewFactory(lxrs_wanted=1, visit_on=TODAY + timedelta(days=2))


def who(name, **more):
    return ReadyReviewerFactory(first_name=name, first_visit_anywhere=True, **more)


def standing_by(review, person, by):
    return say(
        invite_reserve(review=review, reviewer=person, by=by, now=NOW), Response.ACCEPTED, by
    )


def coming(review, person, by):
    return say(invite(review, person, by), Response.ACCEPTED, by)


def team(review):
    return [
        (each.reviewer.first_name, each.role, each.response)
        for each in review.team.people().select_related("reviewer").order_by("pk")
    ]


def test_a_reserve_keeps_the_time_free_and_does_not_count(review, by):
    member = standing_by(review, who("Bo"), by)

    assert (member.role, member.holds_from) == ("reserve", hold_of(review)[0])
    assert not Review.objects.with_accepted_lxr().exists()
    assert not counts_towards_cap().exists()


def test_filled_places_still_leave_room_for_a_reserve(review, by):
    coming(review, who("Ada"), by)
    member = invite_reserve(review=review, reviewer=who("Bo"), by=by, now=NOW)

    assert "Would you stand by for a visit" in Message.objects.get(about_id=member.pk).body


def test_nobody_stands_by_who_may_not_go(review, by):
    away = who("Bo")
    TimeAway.objects.create(reviewer=away, starts_on=review.visit_on, ends_on=review.visit_on)

    with pytest.raises(RuleBroken, match="cannot come that day"):
        invite_reserve(review=review, reviewer=away, by=by, now=NOW)


def test_the_reserve_is_asked_at_once_when_somebody_drops_out(review, by):
    ada, bo = coming(review, who("Ada"), by), standing_by(review, who("Bo"), by)

    say(ada, Response.WITHDRAWN, by)

    bo.refresh_from_db()
    assert (bo.role, bo.response, bo.called_at) == ("lxr", "invited", NOW)
    assert bo.answer_by == NOW + timedelta(hours=4)
    message = Message.objects.get(kind="visit-reserve-called")
    assert "can you come on the visit after all?" in message.body
    assert "please tell us by 3pm on 10 June 2026" in message.body
    assert say(bo, Response.ACCEPTED, by).response == "accepted"


@pytest.mark.parametrize(("phone", "number"), [("07700 900001", "07700 900001"), ("", "")])
def test_a_reserve_who_likes_post_is_rung_as_a_letter_would_come_too_late(
    review, by, phone, number
):
    ada = coming(review, who("Ada"), by)
    likes_post = {"preferred_contact": "post", "address": "2 High Street"}
    standing_by(review, who("Bo", user=None, email="", phone=phone, **likes_post), by)

    say(ada, Response.WITHDRAWN, by)

    message = Message.objects.get(kind="visit-reserve-called")
    assert (message.channel, message.address) == ("phone", number)
    assert message.note.startswith("They are reached by post")


def test_the_team_is_told_without_a_name_or_a_place(review, by):
    ada = coming(review, who("Ada", last_name="Quillfeather"), by)

    say(ada, Response.WITHDRAWN, by)

    message = Message.objects.get(kind="visit-dropped-out")
    assert (message.recipient_kind, message.address) == ("team", "quality.team@trust.example.org")
    for word in ("Quillfeather", review.service.name, review.service.site.name):
        assert word not in message.subject + message.body
    assert f"/reviews/{review.pk}/" in message.body


@pytest.mark.parametrize("how", ["no", "silence"])
def test_the_next_reserve_is_asked_when_the_first_cannot_come(review, by, how):
    ada = coming(review, who("Ada"), by)
    bo, cy = (standing_by(review, who(name), by) for name in ("Bo", "Cy"))
    say(ada, Response.WITHDRAWN, by)
    bo.refresh_from_db()

    if how == "no":
        say(bo, Response.DECLINED, by)
    else:
        operations.expire_invitations(now=bo.answer_by)

    cy.refresh_from_db()
    assert (cy.role, cy.response) == ("lxr", "invited")


def test_a_no_to_an_invitation_calls_no_reserve(review, by):
    ada = invite(review, who("Ada"), by)
    standing_by(review, who("Bo"), by)

    say(ada, Response.DECLINED, by)

    assert team(review)[1] == ("Bo", "reserve", "accepted")


def test_a_reserve_who_may_not_go_by_now_is_passed_over(review, by):
    ada = coming(review, who("Ada"), by)
    bo, cy = (standing_by(review, who(name), by) for name in ("Bo", "Cy"))
    bo.reviewer.stage = "paused"
    bo.reviewer.save()

    say(ada, Response.WITHDRAWN, by)

    bo.refresh_from_db()
    cy.refresh_from_db()
    assert (bo.role, bo.response, cy.role) == ("reserve", "accepted", "lxr")


def test_a_reserve_is_called_by_hand(review, by):
    bo = standing_by(review, who("Bo"), by)

    assert call(member=bo, by=by, now=NOW).response == "invited"
    assert done()[-1] == "called a reserve"
    with pytest.raises(RuleBroken, match="does not stand by"):
        call(member=bo, by=by, now=NOW)


def test_a_reserve_who_came_is_the_lxr_and_one_who_stood_by_did_not_stay_away(by):
    review = ReviewFactory(visit_on=TODAY)
    came, stood_by = (
        TeamMember.objects.create(
            review=review, reviewer=who(name), role="reserve", response="accepted"
        )
        for name in ("Ada", "Bo")
    )

    operations.record_visit(
        review=review, came={came.pk: "came", stood_by.pk: "did not come"}, gap_reason="",
        by=by, now=NOW,
    )  # fmt: skip

    came.refresh_from_db()
    stood_by.refresh_from_db()
    assert (came.role, came.attended) == ("lxr", True)
    assert (stood_by.role, stood_by.attended) == ("reserve", None)
    assert list(Review.objects.covered()) == [review]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 6, 10, 10, tzinfo=UTC), datetime(2026, 6, 10, 14, tzinfo=UTC)),
        (datetime(2026, 6, 10, 17, tzinfo=UTC), datetime(2026, 6, 11, 9, tzinfo=UTC)),
        (datetime(2026, 6, 10, 21, tzinfo=UTC), datetime(2026, 6, 11, 11, tzinfo=UTC)),
        (datetime(2026, 6, 10, 3, tzinfo=UTC), datetime(2026, 6, 10, 11, tzinfo=UTC)),
        (datetime(2026, 6, 12, 7, 30, tzinfo=UTC), datetime(2026, 6, 12, 8, 30, tzinfo=UTC)),
    ],
    ids=["by day", "into the night", "at night", "before eight", "until it begins"],
)
def test_hours_to_answer_are_those_in_which_messages_go_out(now, until, review, trust):
    assert reserve_answers_by(review, now=now, trust=trust) == until
