"""Moving a visit to another day: a new day is a new question."""

from datetime import time, timedelta

import pytest

from notifications.models import Message
from reviewers.models import Exclusion, TimeAway
from reviews import operations
from reviews.holds import hold_of
from reviews.models import ChangedMonth, Postponement, TeamMember
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffOnTeamFactory,
)
from tests.reviews.steps import done, invite, say, told

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


def move(review, by, days=7, **extra):
    return operations.postpone(
        review=review,
        to_day=review.visit_on + timedelta(days=days),
        starts_at=extra.get("starts_at", review.starts_at),
        ends_at=extra.get("ends_at", review.ends_at),
        by=by,
        now=NOW,
    )


def test_postponing_keeps_the_old_day_and_asks_again(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)
    StaffOnTeamFactory(review=review, staff__name="A lead")
    before = review.visit_on

    review = move(review, by, days=35)

    member.refresh_from_db()
    assert (member.response, member.answered_at) == ("invited", None)
    assert (member.holds_from, member.holds_until) == hold_of(review)
    old = Postponement.objects.get()
    assert (old.from_day, old.to_day, old.by) == (before, before + timedelta(days=35), by)
    assert {each for each in told() if each[0] == "visit-postponed"} == {
        ("visit-postponed", "A lead"),
        ("visit-postponed", str(person)),
    }
    assert set(ChangedMonth.objects.values_list("month", flat=True)) == {
        before.replace(day=1),
        review.visit_on.replace(day=1),
    }
    assert done()[-1] == "postponed a review"


def test_who_cannot_come_on_the_new_day_is_told_kindly(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)
    day = review.visit_on + timedelta(days=7)
    TimeAway.objects.create(reviewer=person, starts_on=day, ends_on=day)

    move(review, by)

    member.refresh_from_db()
    assert (member.response, member.holds_from) == ("withdrawn", None)
    message = Message.objects.get(kind="visit-not-needed")
    assert "has moved from Wednesday 8 July 2026 to Wednesday 15 July 2026" in message.body
    assert "If you would like to come on the new day, please ring us" in message.body


def test_who_had_not_answered_when_the_old_day_came_is_asked_again(review, person, by):
    member = invite(review, person, by)
    later = hold_of(review)[0]
    operations.expire_invitations(now=later)

    operations.postpone(
        review=review,
        to_day=review.visit_on + timedelta(days=7),
        starts_at=review.starts_at,
        ends_at=review.ends_at,
        by=by,
        now=later,
    )

    member.refresh_from_db()
    assert (member.response, member.invited_at) == ("invited", later)


def test_who_has_another_visit_on_the_new_day_keeps_that_one(review, person, by):
    other = ReviewFactory(visit_on=review.visit_on + timedelta(days=7))
    keeps = invite(other, person, by)
    member = invite(review, person, by)

    move(review, by)

    member.refresh_from_db()
    keeps.refresh_from_db()
    assert (member.response, keeps.response) == ("withdrawn", "invited")


def test_who_could_not_come_on_the_old_day_is_asked_for_the_new_one(review, person, by):
    member = say(invite(review, person, by), Response.DECLINED, by)

    review = move(review, by)

    member.refresh_from_db()
    assert (member.response, member.asked_for) == ("invited", review.visit_on)
    body = Message.objects.get(kind="visit-postponed").body
    assert "You told us that you could not come on the old day." in body


@pytest.mark.parametrize("why", ["far", "too much"])
def test_what_another_day_does_not_change_is_not_asked_about_again(review, person, by, why):
    member = say(invite(review, person, by), Response.DECLINED, by)
    operations.say_why_not(member=member, why=why, by=by, now=NOW)

    move(review, by)

    member.refresh_from_db()
    assert member.response == "declined"


def test_whom_the_team_did_not_need_is_not_asked_again(review, person, by):
    member = invite(review, person, by)
    operations.withdraw_invitation(member=member, by=by, now=NOW)

    move(review, by)

    member.refresh_from_db()
    assert (member.response, member.taken_back) == ("withdrawn", "plans")


def test_who_would_rather_not_go_there_since_is_not_asked_again(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)
    Exclusion.objects.create(reviewer=person, service=review.service)

    move(review, by)

    member.refresh_from_db()
    assert (member.response, member.taken_back) == ("withdrawn", "moved")
    assert "rather" not in Message.objects.get(kind="visit-not-needed").body


def test_who_said_no_and_may_not_go_hears_nothing(review, person, by):
    say(invite(review, person, by), Response.DECLINED, by)
    Exclusion.objects.create(reviewer=person, service=review.service)

    move(review, by)

    assert told() == [("visit-invitation", str(person)), ("visit-said-no", str(person))]


def test_a_shadow_is_asked_again_as_a_shadow(review, by):
    member = LXROnTeamFactory(review=review, role="shadow", response="accepted")

    move(review, by)

    member.refresh_from_db()
    assert (member.role, member.response) == ("shadow", "invited")


def test_a_newcomer_whose_company_cannot_come_stays_asked(review, person, by):
    company = say(invite(review, person, by), Response.ACCEPTED, by)
    new = invite(review, ReadyReviewerFactory(), by)
    day = review.visit_on + timedelta(days=7)
    TimeAway.objects.create(reviewer=person, starts_on=day, ends_on=day)

    move(review, by)

    company.refresh_from_db()
    new.refresh_from_db()
    assert (company.response, new.response) == ("withdrawn", "invited")


@pytest.mark.parametrize(("days", "sentence"), [(0, "another day"), (-29, "not passed")])
def test_new_day_must_be_another_one_to_come(review, by, days, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        move(review, by, days=days)


def test_only_a_coming_review_is_postponed(by):
    with pytest.raises(RuleBroken, match="completed"):
        move(ReviewFactory(status="completed"), by)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "sentence"),
    [
        (time(0, 5), time(9), "a time that has not passed"),
        (time(15), time(14), "must end after it starts"),
    ],
)
def test_new_hours_are_to_come_and_end_after_they_start(review, by, starts_at, ends_at, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        move(review, by, days=-28, starts_at=starts_at, ends_at=ends_at)  # to today
    moved = move(review, by, days=-28, starts_at=time(12), ends_at=time(15))
    assert (moved.visit_on, moved.starts_at) == (TODAY, time(12))


def test_nobody_moves_to_a_day_on_which_the_service_is_closed(review, by):
    review.service.closed_on = review.visit_on + timedelta(days=7)
    review.service.save()
    with pytest.raises(RuleBroken, match="Choose an earlier day"):
        move(review, by)
    assert move(review, by, days=6)
