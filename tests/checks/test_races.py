"""Two people of the checks team at the same moment: one is first, the other is told kindly."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from audit.models import Event
from checks import operations, policies
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from organisation.models import TrustSettings
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    SiteFactory,
    UserFactory,
)
from tests.races import meeting_after, race, winners

pytestmark = pytest.mark.django_db(transaction=True)
needs_two_writers = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one transaction writes at a time"
)


def refused_alone(outcomes: list[Any]) -> str:
    """What the one who came second was told."""
    [refused] = [each for each in outcomes if isinstance(each, RuleBroken)]
    assert winners(outcomes) == len(outcomes) - 1, outcomes
    return str(refused)


def refusals() -> list[str]:
    return list(Event.objects.filter(action__startswith="refused").values_list("why", flat=True))


# Approving against sending back


def approve_and_send_back(patience: float) -> tuple[list[Any], RiskAssessment]:
    assessment = AssessmentFactory(
        decision="approved", decided_on=TODAY, decided_by=UserFactory(roles=["checks_officer"])
    )
    one, other = (UserFactory(roles=["second_approver"]) for _ in range(2))
    given = {"assessment": assessment, "version": assessment.version, "now": NOW}
    with meeting_after("checks.policies.check_can_approve", patience=patience):
        outcomes = race(
            lambda: operations.approve(**given, by=one),
            lambda: operations.return_for_decision(**given, by=other),
        )
    assessment.refresh_from_db()
    return outcomes, assessment


def test_a_decision_is_approved_or_sent_back(trust: Any) -> None:
    outcomes, assessment = approve_and_send_back(patience=0.3)

    told = refused_alone(outcomes)
    if assessment.is_in_force:
        assert (assessment.decision, told) == ("approved", "This decision is already approved.")
    else:
        assert (assessment.decision, assessment.approved_by) == ("awaiting", None)
        assert told == "This assessment has no decision to approve yet."
    assert (assessment.version, len(refusals())) == (2, 1)


def unlocked_assessment(assessment: RiskAssessment) -> RiskAssessment:
    return RiskAssessment.objects.select_related("check_made__reviewer").get(pk=assessment.pk)


@needs_two_writers
def test_without_the_lock_it_would_be_approved_and_sent_back(trust: Any) -> None:
    with patch("checks.operations.assessments.locked", unlocked_assessment):
        outcomes, _ = approve_and_send_back(patience=10)

    assert winners(outcomes) == 2


# Two certificates of one check


def two_certificates(patience: float) -> tuple[list[Any], DBSCheck]:
    check = DBSCheckFactory(
        result="awaiting", issued_on=None, renewal_due_on=None, applied_on=date(2026, 5, 1)
    )
    officers = [UserFactory(roles=["checks_officer"]) for _ in range(2)]
    trust = TrustSettings.objects.get()

    def record(*, is_blank: bool, by: Any) -> DBSCheck:
        return operations.record_certificate(
            check=check, issued_on=TODAY, reference_number="1", is_blank=is_blank, trust=trust,
            by=by, now=NOW,
        )  # fmt: skip

    with meeting_after("checks.policies.check_can_record_certificate", patience=patience):
        outcomes = race(
            lambda: record(is_blank=True, by=officers[0]),
            lambda: record(is_blank=False, by=officers[1]),
        )
    check.refresh_from_db()
    return outcomes, check


def test_of_two_certificates_at_once_one_is_recorded(trust: Any) -> None:
    outcomes, check = two_certificates(patience=0.3)

    refused_alone(outcomes)
    has_assessment = check.assessments.exists()
    assert (check.result, has_assessment) in {("clear", False), ("disclosure", True)}
    assert len(refusals()) == 1


def unlocked_check(check: DBSCheck, by: Any) -> DBSCheck:
    held = DBSCheck.objects.select_related("reviewer").get(pk=check.pk)
    policies.check_not_about(held.reviewer, by)
    return held


@needs_two_writers
def test_without_the_lock_both_certificates_would_be_recorded(trust: Any) -> None:
    with patch("checks.operations.dbs._locked", unlocked_check):
        outcomes, check = two_certificates(patience=10)

    assert winners(outcomes) == 2
    assert check.assessments.exists()


# Two first clearances of one site

FIRST: dict[str, Any] = {
    "rung": "in progress",
    "decided_on": None,
    "decided_by": "",
    "version": 0,
    "now": NOW,
}
IN_THIS_MOMENT = "Somebody else has recorded this site in this moment. Look at theirs first."
SINCE_THEN = (
    "Somebody has changed this clearance since you opened it. Look at it again before you go on."
)


def test_of_two_first_clearances_one_stands() -> None:
    person, site = ReviewerFactory(), SiteFactory(asks="vetting")
    days = (TODAY, None)
    officers = [UserFactory(roles=["checks_officer"]) for _ in days]

    def record(by: Any, applied_on: date | None) -> SiteClearance:
        return operations.record_clearance(
            reviewer=person, site=site, applied_on=applied_on, by=by, **FIRST
        )

    meets = connection.vendor != "sqlite"
    patience = 10 if meets else 0.3
    with meeting_after("checks.policies.check_clearance_version", patience=patience):
        outcomes = race(
            *(
                lambda by=by, day=day: record(by, day)
                for by, day in zip(officers, days, strict=True)
            )
        )

    assert refused_alone(outcomes) == (IN_THIS_MOMENT if meets else SINCE_THEN)
    assert SiteClearance.objects.get().version == 1
    assert refusals() == ["an old form"]


def test_a_first_clearance_that_somebody_else_records_in_this_moment_is_refused() -> None:
    """What no database lets two people do is told kindly, whichever database it is."""
    person, site = ReviewerFactory(), SiteFactory(asks="vetting")
    real = policies.check_clearance_version

    def somebody_is_faster(*given: Any) -> None:
        real(*given)
        SiteClearance.objects.create(reviewer=person, site=site)

    officer = UserFactory(roles=["checks_officer"])
    with (
        patch("checks.policies.check_clearance_version", somebody_is_faster),
        pytest.raises(RuleBroken) as refused,
    ):
        operations.record_clearance(
            reviewer=person, site=site, applied_on=TODAY, by=officer, **FIRST
        )

    assert str(refused.value) == IN_THIS_MOMENT
    assert refusals() == ["an old form"]
