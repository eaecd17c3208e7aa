"""What people do with reviews and their teams: effect, refusal, audit, and who is told."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from audit.models import Event
from notifications.models import Message
from reviews import operations
from reviews.holds import hold_of
from reviews.models import ChangedMonth, TeamMember
from rules import RuleBroken
from tests.factories import (
    NOW,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
)
from tests.reviews.steps import done, invite, say, told

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


# Inviting


def test_first_invitation_lets_the_person_sign_in(review, by):
    person = ReadyReviewerFactory(
        email="ada@example.org", user=None, first_name="Ada", first_visit_anywhere=True
    )

    invite(review, person, by)

    person.refresh_from_db()
    assert (person.user.email, person.user.roles) == ("ada@example.org", ["lxr"])
    assert "gave account" in done()


def test_person_without_an_own_address_is_asked_all_the_same(review, by):
    ReviewerFactory(email="both@example.org", user=None)
    person = ReadyReviewerFactory(
        email="both@example.org", user=None, first_name="Ada", first_visit_anywhere=True
    )

    member = invite(review, person, by)

    person.refresh_from_db()
    assert (member.response, person.user) == ("invited", None)


def test_invited_person_is_asked_and_the_time_is_held(review, person, by):
    member = invite(review, person, by)

    member.refresh_from_db()
    assert (member.role, member.response, member.invited_at) == ("lxr", "invited", NOW)
    assert (member.holds_from, member.holds_until) == hold_of(review)
    assert told() == [("visit-invitation", str(person))]
    event = Event.objects.get()
    assert (event.action, event.actor_id, event.person_id) == ("invited", by.pk, person.pk)
    assert ChangedMonth.objects.get().directorate == review.service.directorate


def test_invitation_says_when_where_and_what_next(review, person, by):
    invite(review, person, by)

    message = Message.objects.get()
    assert message.subject == "Can you come on a visit with the quality team?"
    assert "Wednesday 8 July 2026, 9:30am to 3:30pm" in message.body
    assert review.service.name in message.body
    assert review.service.name not in message.subject
    assert "please tell us by Wednesday 17 June 2026 if you can come or can't come" in message.body
    assert f"/me/visits/{message.about_id}/" in message.body
    assert message.too_late_at == datetime(2026, 7, 8, 8, 30, tzinfo=UTC)


def test_nobody_is_invited_twice(review, person, by):
    invite(review, person, by)

    with pytest.raises(RuleBroken, match="Ada has been asked already"):
        invite(review, person, by)
    assert TeamMember.objects.count() == 1
    assert Message.objects.count() == 1


def test_nobody_is_invited_against_a_rule(review, by):
    person = ReviewerFactory(first_name="Ada", first_visit_anywhere=True)

    with pytest.raises(RuleBroken) as refusal:
        invite(review, person, by)

    assert str(refusal.value) == (
        "Ada's training is not in place for that day. Book Ada a place at the next session. "
        "Checks under way. The checks team looks after this. "
        "Tell them who you would like to go."
    )
    assert TeamMember.objects.count() == Message.objects.count() == Event.objects.count() == 0


def test_who_said_no_can_be_asked_again(review, person, by):
    say(invite(review, person, by), Response.DECLINED, by)

    member = invite(review, person, by, now=NOW + timedelta(days=1))

    assert (member.response, member.answered_at, member.answered_how) == ("invited", None, "")
    assert Message.objects.filter(kind="visit-invitation").count() == 2


def test_nobody_is_asked_to_a_service_that_is_closed_by_then(review, person, by):
    review.service.closed_on = review.visit_on
    review.service.save()
    with pytest.raises(RuleBroken, match="Move the visit to an earlier day, or call"):
        invite(review, person, by)
    assert not review.team.exists()


@pytest.mark.parametrize("status", ["completed", "reported", "closed", "cancelled"])
def test_nobody_is_invited_to_a_review_that_is_not_coming(person, by, status):
    with pytest.raises(RuleBroken, match=f"This review is {status}"):
        invite(ReviewFactory(status=status), person, by)


def test_nobody_is_invited_once_the_visit_has_begun(review, person, by):
    with pytest.raises(RuleBroken, match="has begun or is over"):
        invite(review, person, by, now=hold_of(review)[0])


def test_nothing_is_saved_when_the_audit_cannot_be_written(review, person, by):
    with (
        patch("audit.operations.Event.objects.create", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        invite(review, person, by)

    assert (
        TeamMember.objects.count() == Message.objects.count() == ChangedMonth.objects.count() == 0
    )


# Answering


def test_accepting_keeps_the_time_held(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by, how=TeamMember.How.PHONE)

    member.refresh_from_db()
    assert (member.response, member.answered_at, member.answered_how) == ("accepted", NOW, "phone")
    assert member.holds_from == hold_of(review)[0]
    assert done() == ["invited", "answered an invitation"]
    assert Event.objects.latest("pk").why == "phone"


def test_declining_gives_the_time_back(review, person, by):
    member = say(invite(review, person, by), Response.DECLINED, by)

    assert (member.response, member.holds_from, member.holds_until) == ("declined", None, None)


def test_who_accepted_may_say_later_that_they_cannot_come(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)

    member = say(member, Response.WITHDRAWN, by)

    assert (member.response, member.holds_from) == ("withdrawn", None)


def test_the_same_answer_twice_is_one_effect(review, person, by):
    member = say(invite(review, person, by), Response.ACCEPTED, by)

    say(member, Response.ACCEPTED, by, now=NOW + timedelta(hours=1))

    member.refresh_from_db()
    assert member.answered_at == NOW
    assert done() == ["invited", "answered an invitation"]


@pytest.mark.parametrize(
    ("was", "says", "sentence"),
    [
        ("invited", "withdrawn", "Tell us if you can come"),
        ("accepted", "declined", "You have told us that you can come"),
        ("declined", "accepted", "no longer open"),
        ("withdrawn", "accepted", "no longer open"),
        ("expired", "withdrawn", "no longer open"),
    ],
)
def test_answers_that_do_not_follow_are_refused(review, by, was, says, sentence):
    member = LXROnTeamFactory(review=review, response=was)

    with pytest.raises(RuleBroken, match=sentence):
        say(member, says, by)
    member.refresh_from_db()
    assert member.response == was


def test_late_answer_is_refused(review, by):
    member = LXROnTeamFactory(review=review)

    with pytest.raises(RuleBroken, match="too late to answer here"):
        say(member, "accepted", by, now=hold_of(review)[0])


def test_answer_to_a_cancelled_visit_is_refused_kindly(by):
    member = LXROnTeamFactory(review=ReviewFactory(status="cancelled"))

    with pytest.raises(RuleBroken, match=r"called off\. You do not need to do anything"):
        say(member, "accepted", by)


# Taking back and replacing


def test_withdrawing_an_invitation_gives_the_time_back_and_tells(review, person, by):
    member = invite(review, person, by)

    member = operations.withdraw_invitation(member=member, by=by, now=NOW)

    assert (member.response, member.taken_back, member.holds_from) == ("withdrawn", "plans", None)
    assert told() == [("visit-invitation", str(person)), ("visit-not-needed", str(person))]
    assert done() == ["invited", "withdrew invitation"]


@pytest.mark.parametrize("response", ["declined", "withdrawn", "expired"])
def test_only_an_open_invitation_is_withdrawn(review, by, response):
    with pytest.raises(RuleBroken, match="no longer open"):
        operations.withdraw_invitation(
            member=LXROnTeamFactory(review=review, response=response), by=by, now=NOW
        )


def test_replacing_takes_one_back_and_asks_the_other(review, person, by):
    member = invite(review, person, by)
    other = ReadyReviewerFactory(first_visit_anywhere=True)

    operations.replace(member=member, reviewer=other, by=by, now=NOW)

    assert list(TeamMember.objects.order_by("pk").values_list("reviewer", "response")) == [
        (person.pk, "withdrawn"),
        (other.pk, "invited"),
    ]


def test_replacing_with_someone_who_may_not_go_changes_nothing(review, person, by):
    member = invite(review, person, by)

    with pytest.raises(RuleBroken):
        operations.replace(member=member, reviewer=ReviewerFactory(), by=by, now=NOW)

    member.refresh_from_db()
    assert member.response == "invited"
    assert told() == [("visit-invitation", str(person))]


# Staff


def test_new_lead_makes_the_lead_before_one_of_the_staff(review, by):
    old = StaffOnTeamFactory(review=review)

    new = operations.assign_staff(review=review, staff=StaffFactory(), role="lead", by=by, now=NOW)

    old.refresh_from_db()
    assert (old.role, new.role, new.response) == ("staff", "lead", "accepted")
    assert done() == ["assigned staff"]


def test_putting_somebody_on_the_team_twice_is_doing_it_once(review, by):
    staff = StaffFactory()
    for _ in range(2):
        operations.assign_staff(review=review, staff=staff, role="lead", by=by, now=NOW)

    assert review.team.count() == 1
    assert done() == ["assigned staff"]


def test_staff_cannot_be_put_on_as_an_lxr(review, by):
    with pytest.raises(RuleBroken, match="as the lead or as staff"):
        operations.assign_staff(review=review, staff=StaffFactory(), role="lxr", by=by, now=NOW)


def test_staff_are_assigned_to_coming_reviews_alone(by):
    review = ReviewFactory(status="completed")

    with pytest.raises(RuleBroken, match="completed"):
        operations.assign_staff(review=review, staff=StaffFactory(), role="staff", by=by, now=NOW)


def test_staff_member_is_taken_off_the_team(review, by):
    member = StaffOnTeamFactory(review=review)
    operations.remove_staff(member=member, by=by, now=NOW)

    member.refresh_from_db()
    assert (member.role, member.response, member.taken_back) == ("staff", "withdrawn", "plans")
    assert done() == ["removed staff"]
    with pytest.raises(RuleBroken, match="is not on the team any more"):
        operations.remove_staff(member=member, by=by, now=NOW)


def test_a_lead_who_cannot_come_says_so_once_and_the_team_is_told(review, by):
    member = StaffOnTeamFactory(review=review)
    for _ in range(2):
        operations.say_staff_cannot_come(member=member, by=by, now=NOW)

    member.refresh_from_db()
    assert (member.role, member.response, member.said_no) == ("staff", "withdrawn", True)
    assert done() == ["said that staff cannot come"]
    assert [kind for kind, _ in told()] == ["visit-dropped-out", "visit-said-no"]
    body = Message.objects.get(kind="visit-dropped-out").body
    assert "choose somebody else of the staff" in body


@pytest.mark.parametrize(
    ("off", "sentence"),
    [
        ({"response": "withdrawn", "taken_back": "plans", "role": "staff"}, "not on the team"),
        ({"review__status": "cancelled"}, "called off"),
        ({"review__status": "completed"}, "has begun or is over"),
        ({"review__visit_on": NOW.date()}, "has begun or is over"),
    ],
)
def test_staff_say_no_to_a_visit_they_are_on_that_is_to_come(by, off, sentence):
    member = StaffOnTeamFactory(**off)
    with pytest.raises(RuleBroken, match=sentence):
        operations.say_staff_cannot_come(
            member=member, by=by, now=NOW + timedelta(hours=12 if "review__visit_on" in off else 0)
        )


def test_staff_who_could_not_come_are_put_on_the_team_again(review, by):
    member = StaffOnTeamFactory(review=review)
    operations.say_staff_cannot_come(member=member, by=by, now=NOW)
    again = operations.assign_staff(
        review=review, staff=member.staff, role="lead", by=by, now=NOW + timedelta(hours=1)
    )
    assert (again.pk, again.role, again.response) == (member.pk, "lead", "accepted")
    assert (again.answered_at, again.answered_how, again.taken_back) == (None, "", "")


def test_an_lxr_is_not_removed_like_staff(review, by):
    with pytest.raises(RuleBroken, match="invitation"):
        operations.remove_staff(member=LXROnTeamFactory(review=review), by=by, now=NOW)
