"""What people do with reviews and their teams: effect, refusal, audit, and who is told."""

from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch

import pytest

from audit.models import Event
from notifications.models import Message
from reviewers.models import TimeAway
from reviews import operations
from reviews.holds import hold_of
from reviews.models import ChangedMonth, Postponement, Review, TeamMember
from reviews.policies import TRANSITIONS, check_can_move
from rules import RuleBroken, allows
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    StaffFactory,
    StaffOnTeamFactory,
)

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


@pytest.fixture
def by(user_as):
    return user_as("coordinator")


@pytest.fixture
def person():
    return ReadyReviewerFactory(first_name="Ada", first_visit_anywhere=True)


@pytest.fixture
def review():
    return ReviewFactory()


def invite(review, person, by, now=NOW):
    return operations.invite_reviewer(review=review, reviewer=person, by=by, now=now)


def say(member, answer, by, now=NOW, how=TeamMember.How.ONLINE):
    return operations.answer(member=member, answer=answer, how=how, by=by, now=now)


def told():
    return sorted(Message.objects.values_list("kind", "recipient_name"))


def done():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def details_of(review, **changes):
    names = operations.ReviewDetails.__annotations__
    return {name: getattr(review, name) for name in names} | changes


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
    assert "please tell us if you can come or can't come" in message.body
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
        "Checks under way. The checks team is on it. You do not need to do anything."
    )
    assert TeamMember.objects.count() == Message.objects.count() == Event.objects.count() == 0


def test_who_said_no_can_be_asked_again(review, person, by):
    say(invite(review, person, by), Response.DECLINED, by)

    member = invite(review, person, by, now=NOW + timedelta(days=1))

    assert (member.response, member.answered_at, member.answered_how) == ("invited", None, "")
    assert Message.objects.filter(kind="visit-invitation").count() == 2


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
        ("expired", "accepted", "no longer open"),
        ("expired", "declined", "no longer open"),
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

    assert (member.response, member.answered_how, member.holds_from) == ("withdrawn", "", None)
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


def test_staff_cannot_be_put_on_as_an_lxr(review, by):
    with pytest.raises(RuleBroken, match="as the lead or as staff"):
        operations.assign_staff(review=review, staff=StaffFactory(), role="lxr", by=by, now=NOW)


def test_staff_are_assigned_to_coming_reviews_alone(by):
    review = ReviewFactory(status="completed")

    with pytest.raises(RuleBroken, match="completed"):
        operations.assign_staff(review=review, staff=StaffFactory(), role="staff", by=by, now=NOW)


def test_staff_member_is_taken_off_the_team(review, by):
    operations.remove_staff(member=StaffOnTeamFactory(review=review), by=by, now=NOW)

    assert review.team.count() == 0
    assert done() == ["removed staff"]


def test_an_lxr_is_not_removed_like_staff(review, by):
    with pytest.raises(RuleBroken, match="invitation"):
        operations.remove_staff(member=LXROnTeamFactory(review=review), by=by, now=NOW)


# The review itself


def test_planned_review_has_its_lead(by):
    like = ReviewFactory.build(service=ServiceFactory(), reference="R-NEW")
    lead = StaffFactory()

    review = operations.plan_review(
        details=details_of(like), visit_on=TODAY, lead=lead, by=by, now=NOW
    )

    assert (review.status, review.team.get().staff) == ("planned", lead)
    assert done() == ["planned a review", "assigned staff"]


def test_reference_is_given_once(review, by):
    with pytest.raises(RuleBroken, match=f"already a review with the reference {review.reference}"):
        operations.plan_review(details=details_of(review), visit_on=TODAY, by=by, now=NOW)
    other = ReviewFactory()
    with pytest.raises(RuleBroken, match=f"already a review with the reference {review.reference}"):
        operations.change_review(
            review=other, details=details_of(other, reference=review.reference), by=by, now=NOW
        )


def test_review_is_not_planned_on_a_day_that_has_passed(review, by):
    with pytest.raises(RuleBroken, match="not passed"):
        operations.plan_review(
            details=details_of(review, reference="R-NEW"),
            visit_on=TODAY - timedelta(days=1),
            by=by,
            now=NOW,
        )


def test_changed_hours_are_held_and_told(review, person, by):
    member = invite(review, person, by)
    StaffOnTeamFactory(review=review, staff__name="A lead")
    LXROnTeamFactory(review=review, response="declined")

    operations.change_review(
        review=review, details=details_of(review, ends_at=time(16)), by=by, now=NOW
    )

    member.refresh_from_db()
    review.refresh_from_db()
    assert (member.holds_from, member.holds_until) == hold_of(review)
    assert told() == [
        ("visit-changed", "A lead"),
        ("visit-changed", str(person)),
        ("visit-invitation", str(person)),
    ]
    assert Event.objects.latest("pk").fields == ["ends_at"]


def test_hours_that_would_put_someone_on_two_visits_are_refused(review, person, by):
    invite(review, person, by)
    evening = ReviewFactory(visit_on=review.visit_on, starts_at=time(16), ends_at=time(18))
    invite(evening, person, by)

    with pytest.raises(RuleBroken, match="Ada would be on two visits at once"):
        operations.change_review(
            review=review, details=details_of(review, ends_at=time(17)), by=by, now=NOW
        )


def test_how_many_are_wanted_is_told_nobody(review, person, by):
    invite(review, person, by)

    operations.change_review(
        review=review, details=details_of(review, lxrs_wanted=1), by=by, now=NOW
    )

    assert told() == [("visit-invitation", str(person))]


def test_service_stays_while_people_are_asked_to_it(review, person, by):
    invite(review, person, by)

    with pytest.raises(RuleBroken, match="Withdraw their invitations first"):
        operations.change_review(
            review=review, details=details_of(review, service=ServiceFactory()), by=by, now=NOW
        )


def test_another_service_marks_both_directorates(review, by):
    before, after = review.service, ServiceFactory()

    operations.change_review(
        review=review, details=details_of(review, service=after), by=by, now=NOW
    )

    assert set(ChangedMonth.objects.values_list("directorate", flat=True)) == {
        before.directorate_id,
        after.directorate_id,
    }


def test_review_is_confirmed_once(review, by):
    operations.confirm(review=review, by=by, now=NOW)

    with pytest.raises(RuleBroken, match=r"This review is confirmed\. It cannot become confirmed"):
        operations.confirm(review=review, by=by, now=NOW)


def test_cancelling_gives_everyone_their_time_back_and_tells(review, person, by):
    member = invite(review, person, by)
    StaffOnTeamFactory(review=review, staff__name="A lead")
    LXROnTeamFactory(review=review, response="declined")

    operations.cancel(review=review, by=by, now=NOW)

    member.refresh_from_db()
    assert (member.response, member.holds_from) == ("invited", None)
    assert {each for each in told() if each[0] == "visit-cancelled"} == {
        ("visit-cancelled", "A lead"),
        ("visit-cancelled", str(person)),
    }
    assert done()[-1] == "cancelled a review"


@pytest.mark.parametrize("status", ["completed", "reported", "closed", "cancelled"])
def test_only_a_coming_review_is_cancelled(by, status):
    with pytest.raises(RuleBroken, match="cannot become cancelled"):
        operations.cancel(review=ReviewFactory(status=status), by=by, now=NOW)


# Postponing


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
    assert "would like to, please ring us" in message.body


def test_who_has_another_visit_on_the_new_day_keeps_that_one(review, person, by):
    other = ReviewFactory(visit_on=review.visit_on + timedelta(days=7))
    keeps = invite(other, person, by)
    member = invite(review, person, by)

    move(review, by)

    member.refresh_from_db()
    keeps.refresh_from_db()
    assert (member.response, keeps.response) == ("withdrawn", "invited")


@pytest.mark.parametrize(("days", "sentence"), [(0, "another day"), (-29, "not passed")])
def test_new_day_must_be_another_one_to_come(review, by, days, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        move(review, by, days=days)


def test_only_a_coming_review_is_postponed(by):
    with pytest.raises(RuleBroken, match="completed"):
        move(ReviewFactory(status="completed"), by)


def test_life_of_a_review_walks_every_pair():
    allowed = {
        (a, b)
        for a in Review.Status.values
        for b in Review.Status.values
        if allows(check_can_move, Review(status=a), b)
    }
    assert allowed == {
        ("planned", "confirmed"),
        ("planned", "completed"),
        ("planned", "cancelled"),
        ("confirmed", "completed"),
        ("confirmed", "cancelled"),
        ("completed", "reported"),
        ("reported", "closed"),
    }
    assert set(TRANSITIONS) == set(Review.Status.values)
