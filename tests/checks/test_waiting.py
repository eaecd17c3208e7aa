"""What comes for somebody who is ready makes them wait until it is settled, whatever it says."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from checks import operations
from checks.history import Standing, take_over
from checks.models import DBSCheck, RiskAssessment
from checks.operations import Conditions
from checks.queries import outcomes_to_settle
from checks.readiness import Readiness, is_ready_now, readiness_of
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BEGUN: dict[str, Any] = {"issued_on": None, "result": "awaiting", "renewal_due_on": None}
READY = Readiness(ready=True)
APPLIED = TODAY - timedelta(days=30)


@pytest.fixture
def officer() -> Any:
    return UserFactory(roles=["checks_officer"])


@pytest.fixture
def second() -> Any:
    return UserFactory(roles=["second_approver"])


class Renewing:
    """People who are ready, each with a renewal that was applied for on the same day."""

    def __init__(self, trust: Any, officer: Any, second: Any) -> None:
        self.trust, self.officer, self.second = trust, officer, second

    def someone(self) -> DBSCheck:
        person = DBSCheckFactory(
            applied_on=TODAY - timedelta(days=900),
            issued_on=TODAY - timedelta(days=880),
            update_consent_on=TODAY - timedelta(days=880),
            status_due_on=TODAY,
        ).reviewer
        return DBSCheckFactory(reviewer=person, applied_on=APPLIED, **BEGUN)

    def comes(self, *, is_blank: bool) -> DBSCheck:
        return operations.record_certificate(
            check=self.someone(), issued_on=TODAY - timedelta(days=3),
            reference_number="001122334455", is_blank=is_blank, trust=self.trust,
            by=self.officer, now=NOW,
        )  # fmt: skip

    def status(self, result: str) -> DBSCheck:
        current = self.someone().reviewer.dbs_checks.get(result="clear")
        return operations.record_status_check(
            check=current, checked_on=TODAY, result=result, trust=self.trust, by=self.officer,
            now=NOW,
        )  # fmt: skip

    def decide(self, check: DBSCheck, decision: str) -> RiskAssessment:
        [waiting] = check.assessments.filter(decision="awaiting")
        conditions = Conditions(is_accompanied=decision == "approved with conditions")
        return operations.decide(
            assessment=waiting, decision=decision, decided_on=TODAY, conditions=conditions,
            review_on=None, version=waiting.version, by=self.officer, now=NOW,
        )  # fmt: skip

    def approve(self, check: DBSCheck, decision: str) -> DBSCheck:
        decided = self.decide(check, decision)
        operations.approve(assessment=decided, version=decided.version, by=self.second, now=NOW)
        check.refresh_from_db()
        return check

    def of(self, check: DBSCheck, on: Any = TODAY) -> Readiness:
        found = readiness_of([check.reviewer], on=on, trust=self.trust)
        return found[check.reviewer_id]


@pytest.fixture
def renewing(trust: Any, officer: Any, second: Any) -> Renewing:
    return Renewing(trust, officer, second)


def test_a_certificate_makes_them_wait_whatever_it_says(renewing: Renewing) -> None:
    assert renewing.of(renewing.someone()) == READY

    blank, disclosed = renewing.comes(is_blank=True), renewing.comes(is_blank=False)
    refused = renewing.approve(renewing.comes(is_blank=False), "not approved")

    told = {renewing.of(each, TODAY) for each in (blank, disclosed, refused)}
    assert told == {Readiness(ready=False, since=TODAY)}


def test_a_blank_one_counts_once_it_is_settled(renewing: Renewing, officer: Any) -> None:
    check = renewing.comes(is_blank=True)

    for _ in range(2):
        operations.settle(check=check, by=officer, now=NOW)

    assert renewing.of(check) == READY
    assert Event.objects.filter(action="settled a check").count() == 1


@pytest.mark.parametrize("decision", ["approved", "approved with conditions"])
def test_an_approval_settles_it(decision: str, renewing: Renewing) -> None:
    check = renewing.approve(renewing.comes(is_blank=False), decision)

    assert renewing.of(check) == READY


@pytest.mark.parametrize("decision", ["", "approved", "not approved"])
def test_nobody_settles_what_hr_has_not_allowed(
    decision: str, renewing: Renewing, officer: Any
) -> None:
    check = renewing.comes(is_blank=False)
    if decision == "not approved":
        renewing.approve(check, decision)
    elif decision:
        renewing.decide(check, decision)

    with pytest.raises(RuleBroken, match="HR has still to decide"):
        operations.settle(check=check, by=officer, now=NOW)

    assert renewing.of(check).ready is False


def test_a_status_check_makes_them_wait_whatever_it_says(renewing: Renewing, officer: Any) -> None:
    current, changed = renewing.status("current"), renewing.status("changed")

    assert renewing.of(current) == renewing.of(changed) == Readiness(ready=False, since=TODAY)
    with pytest.raises(RuleBroken, match="Record the new certificate"):
        operations.settle(check=changed, by=officer, now=NOW)
    operations.settle(check=current, by=officer, now=NOW)
    assert renewing.of(current) == READY


@pytest.mark.parametrize("is_blank", [True, False])
def test_the_new_certificate_answers_the_one_that_changed(
    is_blank: bool, renewing: Renewing, officer: Any
) -> None:
    changed = renewing.status("changed")
    renewal = changed.reviewer.dbs_checks.get(result="awaiting", applied_on=APPLIED)
    later = NOW + timedelta(days=20)

    operations.record_certificate(
        check=renewal, issued_on=TODAY, reference_number="001122334455", is_blank=is_blank,
        trust=renewing.trust, by=officer, now=later,
    )  # fmt: skip

    # One that is not blank reads like one that has not come: since the same day.
    waits = Readiness(ready=False, since=TODAY)
    assert renewing.of(changed, later.date()) == (READY if is_blank else waits)


def test_a_first_certificate_counts_at_once(trust: Any, officer: Any) -> None:
    check = DBSCheckFactory(applied_on=APPLIED, **BEGUN)

    operations.record_certificate(
        check=check, issued_on=TODAY, reference_number="001122334455", is_blank=True,
        trust=trust, by=officer, now=NOW,
    )  # fmt: skip

    assert is_ready_now(check.reviewer_id, TODAY, trust)


def test_a_decision_against_somebody_who_was_approved_makes_them_wait_since_then(
    renewing: Renewing, officer: Any
) -> None:
    check = renewing.approve(renewing.comes(is_blank=False), "approved")
    in_force = check.assessments.get()
    operations.reconsider(
        assessment=in_force, asked_on=TODAY, version=in_force.version, by=officer, now=NOW
    )

    renewing.approve(check, "not approved")

    assert renewing.of(check) == Readiness(ready=False, since=TODAY)


@pytest.mark.parametrize(
    ("result", "decision"),
    [("clear", ""), ("disclosure", ""), ("disclosure", "not approved"), ("disclosure", "approved")],
)
def test_what_an_import_brings_makes_them_wait_too(
    result: str, decision: str, renewing: Renewing
) -> None:
    check = renewing.someone()
    brought = Standing(check.level, APPLIED, TODAY, result, decision, TODAY if decision else None)

    take_over({check.reviewer_id: brought}, trust=renewing.trust, by=None, now=NOW)

    assert renewing.of(check) == Readiness(ready=False, since=TODAY)
    can_settle = result == "clear" or decision == "approved"
    assert list(outcomes_to_settle(today=TODAY)) == [check] * can_settle


def test_a_stricter_decision_by_import_makes_them_wait_since_then(renewing: Renewing) -> None:
    check = renewing.approve(renewing.comes(is_blank=False), "approved")
    stricter = Standing(check.level, APPLIED, check.issued_on, "disclosure", "not approved", TODAY)

    take_over({check.reviewer_id: stricter}, trust=renewing.trust, by=None, now=NOW)

    assert renewing.of(check) == Readiness(ready=False, since=TODAY)


def test_an_import_of_what_nobody_was_ready_by_waits_for_nothing(trust: Any) -> None:
    person = ReviewerFactory()

    take_over(
        {person.pk: Standing("enhanced", APPLIED, TODAY, "clear")}, trust=trust, by=None, now=NOW
    )

    assert is_ready_now(person.pk, TODAY, trust)


def test_the_work_list_leads_to_settling(
    renewing: Renewing, client_as: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    check = renewing.comes(is_blank=True)
    renewing.comes(is_blank=False)
    user = UserFactory(roles=["checks_officer"])
    user.checks_purpose = "recording"
    client, address = client_as(user), reverse("checks:settle", args=[check.pk])

    listed = client.get(reverse("checks:kind", args=["settle"])).text
    assert listed.count("Settle what came") == 1
    assert address in listed
    assert address in client.get(reverse("checks:person", args=[check.reviewer_id])).text
    assert "nobody can tell" in client.get(address).text
    client.post(address)

    assert renewing.of(check) == READY
    assert list(outcomes_to_settle(today=TODAY)) == []


def test_the_person_reads_that_it_is_worked_on(renewing: Renewing, client_as: Any) -> None:
    pages = [
        client_as(check.reviewer.user).get(reverse("own-checks:list")).text.split("<main", 1)[1]
        for check in (renewing.comes(is_blank=True), renewing.comes(is_blank=False))
    ]

    assert "The checks team is working on this." in pages[0]
    assert pages[0] == pages[1]


class TestSince:
    """With the checks team since the day on which they began to wait."""

    def since(self, person: Any, trust: Any, on: Any = TODAY) -> Any:
        return readiness_of([person], on=on, trust=trust)[person.pk].since

    def test_a_renewal_that_lapsed_by_its_own_day(self, trust: Any) -> None:
        trust.renewal_blocks_from = TODAY - timedelta(days=300)
        person = DBSCheckFactory(renewal_due_on=TODAY - timedelta(days=10)).reviewer
        assert self.since(person, trust) == TODAY - timedelta(days=9)

    def test_a_renewal_that_blocks_from_the_trusts_day(self, trust: Any) -> None:
        trust.renewal_blocks_from = TODAY - timedelta(days=3)
        person = DBSCheckFactory(renewal_due_on=TODAY - timedelta(days=100)).reviewer
        assert self.since(person, trust, TODAY - timedelta(days=4)) is None
        assert self.since(person, trust) == TODAY - timedelta(days=3)

    def test_a_slow_renewal_and_one_that_is_not_blank_lapse_on_the_same_day(
        self, trust: Any
    ) -> None:
        trust.renewal_blocks_from = TODAY - timedelta(days=300)
        slow, disclosed = (
            DBSCheckFactory(renewal_due_on=TODAY - timedelta(days=10)).reviewer for _ in range(2)
        )
        DBSCheckFactory(reviewer=slow, applied_on=APPLIED, **BEGUN)
        AssessmentFactory(
            check_made__reviewer=disclosed, check_made__applied_on=APPLIED,
            check_made__issued_on=TODAY,
        )  # fmt: skip
        assert self.since(slow, trust) == self.since(disclosed, trust)
        assert self.since(slow, trust) == TODAY - timedelta(days=9)

    def test_an_approval_that_ended(self, trust: Any) -> None:
        person = AssessmentFactory(
            decision="approved", decided_on=TODAY - timedelta(days=50), is_in_force=True,
            approved_until=TODAY - timedelta(days=1),
        ).reviewer  # fmt: skip
        assert self.since(person, trust) == TODAY

    def test_who_was_never_ready_since_the_application(self, trust: Any) -> None:
        person = AssessmentFactory(check_made__applied_on=APPLIED, check_made__issued_on=TODAY)
        assert self.since(person.reviewer, trust) == APPLIED
