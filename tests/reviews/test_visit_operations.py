"""Writing down who came, and what LXRs ask."""

from datetime import timedelta

import pytest

from audit.models import Event
from reviews import operations
from reviews.models import ChangedMonth, Question, Review
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReviewFactory,
    StaffOnTeamFactory,
    UserFactory,
)


@pytest.fixture
def by(db):
    """The visit lead's user."""
    return UserFactory(roles=["visit_lead"])


@pytest.fixture
def visit(db):
    """A confirmed visit of today with a lead."""
    review = ReviewFactory(status="confirmed", visit_on=TODAY)
    StaffOnTeamFactory(review=review)
    return review


def record(review, by, came, gap_reason="", correction="", now=NOW):
    """Record who came; whoever is not named came."""
    said = {
        member.pk: "came" for member in review.team.exclude(response__in=["declined", "withdrawn"])
    }
    return operations.record_visit(
        review=review,
        came={**said, **{member.pk: word for member, word in came.items()}},
        gap_reason=gap_reason,
        correction=correction,
        by=by,
        now=now,
    )


def fields_of(member):
    """What the record says about one member."""
    member.refresh_from_db()
    return member.response, member.attended, member.is_remote, member.holds_from


def actions():
    """What the audit says was done, oldest first."""
    return list(Event.objects.order_by("id").values_list("action", "why"))


def test_recording_completes_the_review_and_marks_the_month(by, visit):
    came = LXROnTeamFactory(
        review=visit, response="accepted", holds_from=NOW, holds_until=NOW + timedelta(hours=6)
    )
    remote = LXROnTeamFactory(review=visit, response="accepted")
    absent = LXROnTeamFactory(review=visit, response="accepted")
    record(visit, by, {remote: "remote", absent: "did not come"})
    visit.refresh_from_db()
    assert (visit.status, visit.gap_reason) == ("completed", "")
    assert fields_of(came) == ("accepted", True, False, None)
    assert fields_of(remote) == ("accepted", True, True, None)
    assert fields_of(absent) == ("accepted", False, False, None)
    assert list(Review.objects.covered()) == [visit]
    mark = ChangedMonth.objects.get()
    assert (mark.month, mark.directorate) == (TODAY.replace(day=1), visit.service.directorate)
    event = Event.objects.get(action="recorded a visit")
    assert (event.actor_id, event.fields) == (by.pk, ["status", "team"])
    assert Event.objects.filter(action="recorded attendance").count() == 3


def test_unanswered_invitation_follows_what_happened(by, visit):
    came = LXROnTeamFactory(review=visit)
    absent = LXROnTeamFactory(review=visit)
    record(visit, by, {absent: "did not come"})
    assert fields_of(came) == ("accepted", True, False, None)
    assert fields_of(absent) == ("expired", False, False, None)


def test_invitation_that_ran_out_follows_what_happened(by, visit):
    came = LXROnTeamFactory(review=visit)
    absent = LXROnTeamFactory(review=visit)
    operations.expire_invitations(now=NOW)
    record(visit, by, {absent: "did not come"})
    assert fields_of(came) == ("accepted", True, False, None)
    assert fields_of(absent) == ("expired", False, False, None)


def test_shadow_does_not_cover_a_review(by, visit):
    LXROnTeamFactory(review=visit, role="shadow", response="accepted")
    with pytest.raises(RuleBroken, match="why no Lived Experience Reviewer"):
        record(visit, by, {})


@pytest.mark.parametrize("reason", ["", "no idea"])
def test_without_an_lxr_a_reason_is_required(by, visit, reason):
    lxr = LXROnTeamFactory(review=visit, response="accepted")
    with pytest.raises(RuleBroken, match="why no Lived Experience Reviewer"):
        record(visit, by, {lxr: "did not come"}, gap_reason=reason)
    visit.refresh_from_db()
    assert visit.status == "confirmed"
    assert fields_of(lxr) == ("accepted", None, False, None)
    assert actions() == []


def test_without_an_lxr_the_reason_is_kept(by, visit):
    record(visit, by, {}, gap_reason="never asked")
    visit.refresh_from_db()
    assert (visit.status, visit.gap_reason) == ("completed", "never asked")


def test_with_an_lxr_a_reason_is_dropped(by, visit):
    LXROnTeamFactory(review=visit, response="accepted")
    record(visit, by, {}, gap_reason="never asked")
    visit.refresh_from_db()
    assert visit.gap_reason == ""


def test_before_the_day_nothing_is_recorded(by):
    review = ReviewFactory(visit_on=TODAY + timedelta(days=1))
    with pytest.raises(RuleBroken, match="Record who came on that day or later"):
        record(review, by, {}, gap_reason="never asked")


def test_visit_called_off_is_not_recorded(by):
    review = ReviewFactory(status="cancelled", visit_on=TODAY)
    with pytest.raises(RuleBroken, match="called off"):
        record(review, by, {}, gap_reason="never asked")


def test_team_that_changed_meanwhile_is_asked_about_again(by, visit):
    said = {member.pk: "came" for member in visit.team.all()}
    LXROnTeamFactory(review=visit, response="accepted")
    with pytest.raises(RuleBroken, match="team has changed"):
        operations.record_visit(review=visit, came=said, gap_reason="never asked", by=by, now=NOW)


def test_who_could_not_come_is_not_asked_about(by, visit):
    declined = LXROnTeamFactory(review=visit, response="declined")
    record(visit, by, {}, gap_reason="declined")
    assert fields_of(declined) == ("declined", None, False, None)


def test_same_record_twice_is_one(by, visit):
    LXROnTeamFactory(review=visit, response="accepted")
    record(visit, by, {})
    before = actions()
    record(visit, by, {})
    assert actions() == before


def test_correcting_needs_a_reason(by, visit):
    lxr = LXROnTeamFactory(review=visit, response="accepted")
    record(visit, by, {})
    with pytest.raises(RuleBroken, match="Say why you change it"):
        record(visit, by, {lxr: "did not come"}, gap_reason="other")
    assert fields_of(lxr) == ("accepted", True, False, None)


def test_correction_keeps_its_reason_and_the_status(by, visit):
    lxr = LXROnTeamFactory(review=visit, response="accepted")
    record(visit, by, {})
    Review.objects.update(status="reported")
    ChangedMonth.objects.all().delete()
    record(visit, by, {lxr: "did not come"}, gap_reason="other", correction="heard later")
    visit.refresh_from_db()
    assert (visit.status, visit.gap_reason) == ("reported", "other")
    assert fields_of(lxr) == ("accepted", False, False, None)
    assert actions()[-2:] == [
        ("corrected a visit", "heard later"),
        ("recorded attendance", "heard later"),
    ]
    assert ChangedMonth.objects.count() == 1


def test_expired_invitation_can_be_corrected_to_came(by, visit):
    lxr = LXROnTeamFactory(review=visit)
    record(visit, by, {lxr: "did not come"}, gap_reason="other")
    record(visit, by, {lxr: "came"}, correction="recorded by mistake")
    assert fields_of(lxr) == ("accepted", True, False, None)


def test_question_is_kept_once_and_closed_once(by):
    member = LXROnTeamFactory()
    person = member.reviewer.user
    for _ in range(2):
        question = operations.ask_question(member=member, words=" Parking? ", by=person, now=NOW)
    assert Question.objects.get() == question
    assert question.words == "Parking?"
    for moment in (NOW, NOW + timedelta(days=1)):
        operations.close_question(question=question, by=by, now=moment)
    question.refresh_from_db()
    assert (question.closed_at, question.closed_by) == (NOW, by)
    assert [action for action, _ in actions()] == ["asked a question", "answered a question"]


def test_question_after_the_visit_is_refused(db):
    member = LXROnTeamFactory(review__status="completed", response="accepted")
    with pytest.raises(RuleBroken, match="ring us"):
        operations.ask_question(member=member, words="?", by=member.reviewer.user, now=NOW)
    assert not Question.objects.exists()
