from datetime import UTC, datetime, timedelta

import pytest

from checks.reminders import due_renewals, due_reviews
from notifications.registry import KINDS
from tests.factories import TODAY, AssessmentFactory, DBSCheckFactory, UserFactory

pytestmark = pytest.mark.django_db

RENEWAL = TODAY + timedelta(days=100)  # 18 September 2026


def eight(days_before):
    """08:00 in London, in summer time."""
    day = RENEWAL - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)


@pytest.fixture
def officer(trust):
    return UserFactory(roles=["checks_officer"])


@pytest.fixture
def check(officer):
    return DBSCheckFactory(renewal_due_on=RENEWAL)


def due(now):
    return [each.key for each in due_renewals(now)]


def test_officers_hear_of_a_renewal_90_60_and_30_days_before(check, officer):
    keys = [f"renewal:{check.pk}:{RENEWAL}:{days}d:{officer.pk}" for days in (90, 60, 30)]

    assert due(eight(90) - timedelta(seconds=1)) == []
    assert due(eight(90)) == keys[:1]
    assert due(eight(60)) == keys[:2]  # the tick leaves out what went, and sends the latest alone
    assert due(eight(30)) == keys


def test_once_the_day_has_passed_the_work_list_has_it(check):
    assert due(eight(-1)) == []


def test_nobody_but_officers_is_written_to(check, officer):
    UserFactory(roles=["coordinator"])
    UserFactory(roles=["checks_officer"], is_active=False)

    assert {each.to.id for each in due_renewals(eight(90))} == {officer.pk}


def test_the_message_names_nobody(check):
    [message] = due_renewals(eight(90))

    words = message.body()

    assert message.subject == "A renewal is coming up"
    assert "18 September 2026" in words
    assert check.reviewer.last_name not in words
    assert "/checks/" in words


def test_a_newer_application_ends_the_reminders(check, officer):
    DBSCheckFactory(
        reviewer=check.reviewer,
        applied_on=TODAY,
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )

    assert due(eight(90)) == []
    assert KINDS["check-renewal"].holding({check.pk}, eight(90)) == set()


def test_people_who_left_are_not_renewed(check):
    check.reviewer.stage = "left"
    check.reviewer.save()

    assert due(eight(90)) == []


def test_officers_hear_of_a_decision_to_look_at_again_30_days_before(officer):
    assessment = AssessmentFactory(
        decision="approved", decided_on=TODAY, is_in_force=True, review_on=RENEWAL
    )

    def due_then(now):
        return [each.key for each in due_reviews(now)]

    assert due_then(eight(30) - timedelta(seconds=1)) == []
    assert due_then(eight(30)) == [f"decision-review:{assessment.pk}:{RENEWAL}:{officer.pk}"]
    assert due_then(eight(-1)) == []
    [message] = due_reviews(eight(30))
    assert str(assessment.check_made.reviewer) not in message.body()
    kind = KINDS["decision-review"]
    assert kind.holding({assessment.pk}, eight(30)) == {assessment.pk}

    AssessmentFactory(check_made=assessment.check_made, round=2)

    assert due_then(eight(30)) == []
    assert kind.holding({assessment.pk}, eight(30)) == set()
