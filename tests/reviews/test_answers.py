"""Answering in time, after it and for the last place; and saying why not."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.models import Event
from notifications.models import Message
from reviewers.models import Exclusion
from reviews import operations
from reviews.holds import hold_of
from reviews.models import ChangedMonth, Question, TeamMember
from reviews.operations.answers import I_CAN_STILL_COME
from rules import RuleBroken
from tests.factories import (
    NOW,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
)
from tests.reviews.steps import details_of, done, invite, say, told

pytestmark = pytest.mark.django_db
Response = TeamMember.Response
PHONE = TeamMember.How.PHONE
ENDS = datetime(2026, 6, 17, 23, 0, tzinfo=UTC)  # midnight in London at the end of the 17th


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


@pytest.fixture
def review():
    return ReviewFactory(lxrs_wanted=1)


def lapsed(review, person, by):
    """Asked, and the time to answer has gone by."""
    member = invite(review, person, by)
    operations.expire_invitations(now=ENDS)
    member.refresh_from_db()
    assert member.response == "expired"
    return member


# Until when


def test_invitation_can_be_answered_for_the_trusts_days(review, person, by, trust):
    assert invite(review, person, by).answer_by == ENDS

    trust.answer_days = 2
    trust.save()
    other = invite(ReviewFactory(visit_on=review.visit_on + timedelta(days=7)), person, by)
    assert other.answer_by == ENDS - timedelta(days=5)


def test_nobody_has_longer_than_until_the_visit_begins(person, by):
    review = ReviewFactory(visit_on=NOW.date() + timedelta(days=3))

    assert invite(review, person, by).answer_by == hold_of(review)[0]


def test_invitation_runs_out_when_the_time_to_answer_is_over(review, person, by):
    member = invite(review, person, by)
    ChangedMonth.objects.all().delete()

    assert operations.expire_invitations(now=ENDS - timedelta(seconds=1)) == 0
    assert operations.expire_invitations(now=ENDS) == 1
    assert operations.expire_invitations(now=ENDS) == 0

    member.refresh_from_db()
    assert (member.response, member.holds_from, member.answered_at) == ("expired", None, None)
    event = Event.objects.get(action="invitation ran out")
    assert (event.actor_id, event.person_id, event.fields) == (None, person.pk, ["response"])
    assert ChangedMonth.objects.get().month == review.visit_on.replace(day=1)


def test_invitation_without_an_end_runs_out_when_the_visit_begins(review):
    LXROnTeamFactory(review=review)
    begins = hold_of(review)[0]

    assert operations.expire_invitations(now=begins - timedelta(seconds=1)) == 0
    assert operations.expire_invitations(now=begins) == 1


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("accepted", "confirmed"),
        ("declined", "confirmed"),
        ("withdrawn", "confirmed"),
        ("invited", "cancelled"),
        ("invited", "completed"),
    ],
)
def test_only_open_invitations_to_visits_that_take_place_run_out(response, status):
    LXROnTeamFactory(review=ReviewFactory(status=status), response=response)

    assert operations.expire_invitations(now=NOW + timedelta(days=60)) == 0
    assert TeamMember.objects.get().response == response


def test_earlier_hours_shorten_the_time_to_answer(person, by):
    review = ReviewFactory(visit_on=NOW.date() + timedelta(days=3))
    member = invite(review, person, by)

    earlier = details_of(review, starts_at=review.starts_at.replace(hour=8))
    operations.change_review(review=review, details=earlier, by=by, now=NOW)

    member.refresh_from_db()
    assert member.answer_by == member.holds_from


# After it


def test_late_yes_has_the_place_if_it_is_free(review, person, by):
    member = say(lapsed(review, person, by), Response.ACCEPTED, by, now=ENDS)

    assert (member.response, member.answer_by) == ("accepted", None)
    assert (member.holds_from, member.holds_until) == hold_of(review)
    assert not Question.objects.exists()


def test_late_yes_to_a_filled_place_goes_to_the_team(review, person, by):
    member = lapsed(review, person, by)
    LXROnTeamFactory(
        review=review, response="accepted", reviewer=ReadyReviewerFactory(first_visit_anywhere=True)
    )

    for _ in range(2):  # a double press is one question
        member = say(member, Response.ACCEPTED, by, now=ENDS)

    assert member.response == "expired"
    [asked] = Question.objects.all()
    assert (asked.member, asked.words) == (member, I_CAN_STILL_COME)


def test_late_yes_that_a_rule_stands_against_goes_to_the_team(review, person, by):
    member = lapsed(review, person, by)
    invite(ReviewFactory(), person, by)  # at the same time

    member = say(member, Response.ACCEPTED, by, now=ENDS)

    assert member.response == "expired"
    assert Question.objects.count() == 1


def test_late_yes_by_phone_is_refused_with_the_reason(review, person, by):
    member = lapsed(review, person, by)
    invite(ReviewFactory(), person, by)

    with pytest.raises(RuleBroken, match="Ada is on another visit, asked about one"):
        say(member, Response.ACCEPTED, by, now=ENDS, how=PHONE)
    assert not Question.objects.exists()


def test_late_no_is_a_no(review, person, by):
    member = say(lapsed(review, person, by), Response.DECLINED, by, now=ENDS)

    assert (member.response, member.answer_by) == ("declined", None)


# Rules of a yes


def test_nobody_says_yes_to_a_service_they_would_rather_not_go_to(review, person, by):
    member = invite(review, person, by)
    Exclusion.objects.create(reviewer=person, service=review.service)

    with pytest.raises(RuleBroken, match="You have told us that you would rather not go"):
        say(member, Response.ACCEPTED, by)
    with pytest.raises(RuleBroken, match="Ada would rather not go to this service"):
        say(member, Response.ACCEPTED, by, how=PHONE)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"visits_a_month": 1}, "as many visits that month as you told us you want"),
        ({"visits_a_month": 5}, "we leave people time to rest"),
    ],
)
def test_cap_and_rest_are_kept_when_somebody_says_yes(review, person, by, trust, change, sentence):
    member = invite(review, person, by)
    trust.rest_days = 0
    trust.save()
    near = ReviewFactory(visit_on=review.visit_on + timedelta(days=1))
    say(invite(near, person, by), Response.ACCEPTED, by)
    trust.rest_days = 1 if change["visits_a_month"] == 5 else 0
    trust.save()
    type(person).objects.filter(pk=person.pk).update(**change)

    with pytest.raises(RuleBroken, match=sentence):
        say(member, Response.ACCEPTED, by)


# The last place


def others(review, number):
    return [
        LXROnTeamFactory(
            review=review, reviewer=ReadyReviewerFactory(first_visit_anywhere=True), invited_at=NOW
        )
        for _ in range(number)
    ]


def test_asked_three_two_said_yes_and_the_third_is_told(by):
    review = ReviewFactory(lxrs_wanted=2)
    one, two, three = others(review, 3)
    shadow = LXROnTeamFactory(review=review, role="shadow")

    say(one, Response.ACCEPTED, by)
    assert told() == [("visit-said-yes", str(one.reviewer))]
    say(two, Response.ACCEPTED, by)

    for member in (one, two, three, shadow):
        member.refresh_from_db()
    assert [each.response for each in (one, two, three, shadow)] == [
        "accepted", "accepted", "withdrawn", "invited",
    ]  # fmt: skip
    assert (three.taken_back, three.holds_from, three.answered_at) == ("filled", None, None)
    message = Message.objects.get(kind="visit-filled")
    assert message.about_id == three.pk
    assert "Enough people have said that they can come" in message.body
    assert done()[-1] == "ended an invitation"


def test_answer_to_a_filled_visit_gets_a_kind_sentence(review, by):
    one, two = others(review, 2)
    say(one, Response.ACCEPTED, by)

    with pytest.raises(RuleBroken, match="The places on this visit are filled now"):
        say(two, Response.ACCEPTED, by)


def test_who_answers_for_themselves_is_not_told_what_a_coordinator_could_do(review, by):
    LXROnTeamFactory(
        review=review, response="accepted", reviewer=ReadyReviewerFactory(first_visit_anywhere=True)
    )
    [late] = others(review, 1)

    with pytest.raises(RuleBroken, match=r"^Thank you for answering\. The places on this"):
        say(late, Response.ACCEPTED, by)
    with pytest.raises(RuleBroken, match="To ask more people, change how many"):
        say(late, Response.ACCEPTED, by, how=PHONE)


def test_a_newcomer_alone_does_not_fill_a_visit(review, by):
    new = LXROnTeamFactory(review=review, reviewer=ReadyReviewerFactory())
    [company] = others(review, 1)

    say(new, Response.ACCEPTED, by)
    company.refresh_from_db()
    assert company.response == "invited"

    assert say(company, Response.ACCEPTED, by).response == "accepted"


def test_nobody_is_asked_to_a_filled_visit_unless_more_are_wanted(review, person, by):
    [one] = others(review, 1)
    say(one, Response.ACCEPTED, by)

    with pytest.raises(RuleBroken, match="The place on this visit is filled"):
        invite(review, person, by)

    more = details_of(review, lxrs_wanted=2)
    operations.change_review(review=review, details=more, by=by, now=NOW)
    assert invite(review, person, by).response == "invited"


def test_wanting_fewer_ends_the_invitations_that_are_open(by):
    review = ReviewFactory(lxrs_wanted=2)
    one, two = others(review, 2)
    say(one, Response.ACCEPTED, by)

    fewer = details_of(review, lxrs_wanted=1)
    operations.change_review(review=review, details=fewer, by=by, now=NOW)

    two.refresh_from_db()
    assert two.taken_back == "filled"


# Why not


def test_whoever_cannot_come_may_say_why(review, person, by):
    member = say(invite(review, person, by), Response.DECLINED, by)

    for _ in range(2):
        operations.say_why_not(member=member, why=TeamMember.WhyNot.FAR, by=by, now=NOW)

    member.refresh_from_db()
    assert member.why_not == "far"
    assert done().count("said why not") == 1
    event = Event.objects.get(action="said why not")
    assert (event.fields, event.why) == (["why_not"], "")  # what they said is not in the record


def test_by_phone_it_is_recorded_with_the_answer(review, person, by):
    member = operations.answer(
        member=invite(review, person, by), answer=Response.DECLINED, how=PHONE,
        by=by, now=NOW, why_not="unwell",
    )  # fmt: skip

    assert member.why_not == "unwell"


def test_nobody_says_why_not_who_can_come(review, person, by):
    with pytest.raises(RuleBroken, match="You have not said"):
        operations.say_why_not(
            member=invite(review, person, by), why=TeamMember.WhyNot.FAR, by=by, now=NOW
        )


def test_being_asked_again_forgets_why_not(review, person, by):
    member = say(invite(review, person, by), Response.DECLINED, by)
    operations.say_why_not(member=member, why=TeamMember.WhyNot.DAY, by=by, now=NOW)

    assert invite(review, person, by).why_not == ""
