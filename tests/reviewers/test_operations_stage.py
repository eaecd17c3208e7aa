"""Moving on, pausing and coming back."""

from datetime import timedelta

import pytest

from audit.models import Event
from notifications.models import Message
from reviewers import operations
from reviewers.how import How
from reviewers.models import Stage
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory


def event(reviewer):
    """The one event about this person, as the audit keeps it."""
    found = Event.objects.get(person_id=reviewer.pk)
    return found.action, found.fields, found.why


def test_change_of_stage_is_audited(user_as):
    by, reviewer = user_as("coordinator"), ReviewerFactory(stage="enquiry")
    operations.change_stage(reviewer=reviewer, to=Stage.INTERVIEW, by=by, now=NOW)
    assert event(reviewer) == ("changed stage", ["stage"], "")
    assert reviewer.stage_changes.get().by == by


def test_moving_to_the_same_stage_changes_nothing(user_as):
    reviewer = ReviewerFactory(stage="active")
    operations.change_stage(reviewer=reviewer, to=Stage.ACTIVE, by=user_as("coordinator"), now=NOW)
    assert not reviewer.stage_changes.exists()
    assert not Event.objects.filter(person_id=reviewer.pk).exists()


def test_where_there_is_no_way_it_says_so(user_as):
    reviewer = ReviewerFactory(first_name="Ada", last_name="Okoro", stage="enquiry")
    with pytest.raises(RuleBroken) as broken:
        operations.change_stage(
            reviewer=reviewer, to=Stage.ACTIVE, by=user_as("coordinator"), now=NOW
        )
    assert str(broken.value) == (
        "Ada Okoro is at the stage “Enquiry”. Nobody goes from there to “Active”."
    )


def test_pause_until_further_notice(db):
    reviewer = ReviewerFactory()
    operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW)
    reviewer.refresh_from_db()
    assert (reviewer.stage, reviewer.stage_since, reviewer.paused_until) == ("paused", TODAY, None)
    change = reviewer.stage_changes.get()
    assert (change.from_stage, change.to_stage, change.by) == ("active", "paused", reviewer.user)
    assert event(reviewer) == ("paused", ["paused_until", "stage"], "")


def test_pause_recorded_by_phone_says_so(user_as):
    reviewer = ReviewerFactory()
    until = TODAY + timedelta(days=30)
    operations.pause(
        reviewer=reviewer, by=user_as("coordinator"), now=NOW, until=until, how=How.PHONE
    )
    reviewer.refresh_from_db()
    assert reviewer.paused_until == until
    assert event(reviewer) == ("paused", ["paused_until", "stage"], "phone")


def test_pausing_twice_is_one_pause(db):
    reviewer = ReviewerFactory()
    for _ in range(2):
        operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW)
    assert reviewer.stage_changes.count() == 1
    assert Event.objects.filter(person_id=reviewer.pk).count() == 1


def test_pausing_again_changes_how_long(db):
    reviewer = ReviewerFactory(stage="paused", paused_until=TODAY + timedelta(days=5))
    operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW, until=TODAY + timedelta(days=9))
    reviewer.refresh_from_db()
    assert reviewer.paused_until == TODAY + timedelta(days=9)
    assert event(reviewer) == ("changed pause", ["paused_until"], "")


def test_pause_that_ends_today_is_refused(db):
    reviewer = ReviewerFactory()
    with pytest.raises(RuleBroken, match="must end after today"):
        operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW, until=TODAY)


def test_someone_who_left_cannot_pause(db):
    reviewer = ReviewerFactory(stage="left")
    with pytest.raises(RuleBroken, match="has left"):
        operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW)


@pytest.mark.parametrize("stage", ["enquiry", "interview", "checks", "training", "active"])
def test_coming_back_leads_to_the_stage_before_the_pause(db, stage):
    reviewer = ReviewerFactory(stage=stage)
    operations.pause(reviewer=reviewer, by=reviewer.user, now=NOW, until=TODAY + timedelta(days=9))
    operations.come_back(reviewer=reviewer, by=reviewer.user, now=NOW + timedelta(days=2))
    reviewer.refresh_from_db()
    assert (reviewer.stage, reviewer.paused_until) == (stage, None)
    assert reviewer.stage_since == TODAY + timedelta(days=2)


def test_coming_back_from_an_imported_pause_leads_to_active(db):
    reviewer = ReviewerFactory(stage="paused")
    operations.come_back(reviewer=reviewer, by=reviewer.user, now=NOW, how=How.PAPER)
    reviewer.refresh_from_db()
    assert reviewer.stage == "active"
    assert event(reviewer) == ("came back", ["paused_until", "stage"], "paper")


def test_someone_who_is_not_paused_cannot_come_back(db):
    reviewer = ReviewerFactory()
    with pytest.raises(RuleBroken, match="not on a pause"):
        operations.come_back(reviewer=reviewer, by=reviewer.user, now=NOW)


def test_pauses_end_after_their_last_day(db):
    over = ReviewerFactory(stage="paused", paused_until=TODAY - timedelta(days=1))
    last_day = ReviewerFactory(stage="paused", paused_until=TODAY)
    open_ended = ReviewerFactory(stage="paused")
    assert operations.end_pauses(now=NOW) == 1
    assert operations.end_pauses(now=NOW) == 0
    for reviewer, stage in ((over, "active"), (last_day, "paused"), (open_ended, "paused")):
        reviewer.refresh_from_db()
        assert reviewer.stage == stage
    assert Event.objects.get(person_id=over.pk).actor_id is None


def test_who_leaves_cannot_sign_in_until_they_are_back_and_given_their_account(user_as, trust):
    person, by = ReviewerFactory(stage="active"), user_as("coordinator")
    account = person.user

    operations.change_stage(
        reviewer=person, to=Stage.LEFT, by=by, now=NOW, leaving_reason="moved away"
    )
    account.refresh_from_db()
    assert not account.is_active
    assert Event.objects.filter(action="closed account", object_id=str(account.pk)).count() == 1

    operations.change_stage(reviewer=person, to=Stage.ENQUIRY, by=by, now=NOW, reason="Is back")
    account.refresh_from_db()
    assert not account.is_active

    assert operations.give_account(reviewer=person, by=by, now=NOW) == account
    account.refresh_from_db()
    assert account.is_active
    assert Message.objects.get().kind == "can-sign-in"
