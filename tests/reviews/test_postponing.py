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
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
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


# What somebody said or what became of their place, and whether they are asked for the new day.
# The same stands in ADR 28, with the reasons.
ASKED_AGAIN = [
    ({"response": "invited"}, True),
    ({"response": "accepted"}, True),
    ({"response": "expired"}, True),
    *(({"response": said}, True) for said in ("declined", "withdrawn")),
    *(
        ({"response": said, "why_not": why}, is_asked)
        for said in ("declined", "withdrawn")
        for why, is_asked in (
            ("day", True), ("unwell", True), ("other", True), ("unsaid", True),
            ("far", False), ("too much", False),
        )
    ),
    ({"response": "withdrawn", "taken_back": "moved"}, True),
    ({"response": "withdrawn", "taken_back": "plans"}, False),
    ({"response": "withdrawn", "taken_back": "filled"}, False),
]  # fmt: skip


@pytest.mark.parametrize("role", ["lxr", "shadow", "reserve"])
@pytest.mark.parametrize(("said", "is_asked"), ASKED_AGAIN)
def test_who_is_asked_for_the_new_day(review, person, by, role, said, is_asked):
    member = LXROnTeamFactory(review=review, reviewer=person, role=role, **said)
    before = (member.response, member.why_not, member.taken_back)

    review = move(review, by)

    member.refresh_from_db()
    if is_asked:
        assert (member.role, member.response, member.asked_for) == (
            role, "invited", review.visit_on,
        )  # fmt: skip
        assert (member.why_not, member.taken_back) == ("", "")
        assert (member.holds_from, member.holds_until) == hold_of(review)
        (message,) = Message.objects.all()
        assert message.kind == "visit-postponed"
        assert "if you can come on the new day" in message.body or role == "reserve"
        assert "if you can stand by on the new day" in message.body or role != "reserve"
        could_not = said["response"] in {"declined", "withdrawn"} and "taken_back" not in said
        assert ("could not come on the old day" in message.body) == could_not
    else:
        assert (member.response, member.why_not, member.taken_back) == before
        assert not Message.objects.exists()


def test_every_answer_and_reason_is_in_the_table():
    said = [each for each, _ in ASKED_AGAIN]
    assert {each["response"] for each in said} == set(Response.values)
    for name, choices in (("why_not", TeamMember.WhyNot), ("taken_back", TeamMember.TakenBack)):
        assert {each[name] for each in said if name in each} == set(choices.values)


@pytest.mark.parametrize(
    ("roles", "way"),
    [
        (["visit_lead"], "tell us at {link} or ring us."),
        (["observer"], "tell us soon."),
        (None, "tell us soon."),
    ],
)
def test_staff_stay_on_the_team_and_are_told_how_to_say_that_they_cannot_come(
    review, by, settings, roles, way
):
    user = UserFactory(roles=roles) if roles else None
    member = StaffOnTeamFactory(review=review, staff=StaffFactory(user=user), role="staff")

    move(review, by)

    member.refresh_from_db()
    assert member.response == "accepted"
    link = settings.PUBLIC_URL.rstrip("/") + f"/reviews/{review.pk}/cannot-come/"
    body = Message.objects.get().body
    assert f"If you can't come on the new day, {way.replace('{link}', link)}" in body


def test_staff_who_were_taken_off_or_could_not_come_hear_nothing(review, by):
    StaffOnTeamFactory(review=review, role="staff", response="withdrawn")
    StaffOnTeamFactory(review=review, role="staff", response="withdrawn", taken_back="plans")

    move(review, by)

    assert not Message.objects.exists()


def test_whom_an_earlier_move_left_out_is_asked_when_it_moves_again(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)
    day = review.visit_on + timedelta(days=7)
    TimeAway.objects.create(reviewer=person, starts_on=day, ends_on=day)
    review = move(review, by)
    member.refresh_from_db()
    assert member.taken_back == "moved"

    move(review, by)

    member.refresh_from_db()
    assert (member.response, member.taken_back) == ("invited", "")


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
