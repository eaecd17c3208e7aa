from datetime import date, timedelta

import pytest

from audit.models import Event
from checks import operations
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.operations import Conditions
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    ServiceFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(roles=["checks_officer"])


@pytest.fixture
def second():
    return UserFactory(roles=["second_approver"])


@pytest.fixture
def awaiting():
    return DBSCheckFactory(
        result="awaiting", issued_on=None, renewal_due_on=None, applied_on=date(2026, 5, 1)
    )


def decided(by, decision="approved"):
    return AssessmentFactory(decision=decision, decided_on=TODAY, decided_by=by)


def test_an_application_is_recorded_once(officer):
    person = ReviewerFactory()
    what = {"level": "enhanced", "workforce": "adult", "applied_on": TODAY}

    operations.record_application(reviewer=person, by=officer, now=NOW, **what)
    with pytest.raises(RuleBroken, match="already recorded"):
        operations.record_application(reviewer=person, by=officer, now=NOW, **what)

    assert DBSCheck.objects.get().result == "awaiting"
    assert Event.objects.get().person_id == person.pk


def test_an_application_in_the_future_is_refused(officer):
    with pytest.raises(RuleBroken, match="cannot be in the future"):
        operations.record_application(
            reviewer=ReviewerFactory(),
            level="basic",
            workforce="adult",
            applied_on=TODAY + timedelta(days=1),
            by=officer,
            now=NOW,
        )


def certificate(check, officer, trust, *, is_blank=True, issued_on=date(2026, 6, 1)):
    return operations.record_certificate(
        check=check,
        issued_on=issued_on,
        reference_number="001234567890",
        is_blank=is_blank,
        trust=trust,
        by=officer,
        now=NOW,
    )


def test_a_blank_certificate_is_due_for_renewal_after_the_trusts_interval(awaiting, officer, trust):
    check = certificate(awaiting, officer, trust)

    assert (check.result, check.renewal_due_on) == ("clear", date(2029, 6, 1))
    assert RiskAssessment.objects.count() == 0


def test_a_disclosure_opens_a_risk_assessment_by_itself(awaiting, officer, trust):
    check = certificate(awaiting, officer, trust, is_blank=False)

    assert check.assessment.decision == "awaiting"
    assert check.assessment.opened_on == date(2026, 6, 1)


def test_a_certificate_is_recorded_once(awaiting, officer, trust):
    certificate(awaiting, officer, trust)

    with pytest.raises(RuleBroken, match="already has its certificate"):
        certificate(awaiting, officer, trust, is_blank=False)

    assert RiskAssessment.objects.count() == 0


@pytest.mark.parametrize(
    ("issued_on", "sentence"),
    [
        (date(2026, 4, 30), "cannot be issued before the application"),
        (TODAY + timedelta(days=1), "cannot be issued in the future"),
    ],
)
def test_certificate_dates_in_the_wrong_order_are_refused(
    issued_on, sentence, awaiting, officer, trust
):
    with pytest.raises(RuleBroken, match=sentence):
        certificate(awaiting, officer, trust, issued_on=issued_on)


def decide(assessment, officer, decision, conditions=None):
    return operations.decide(
        assessment=assessment,
        decision=decision,
        decided_on=TODAY,
        conditions=conditions or Conditions(),
        review_on=None,
        by=officer,
        now=NOW,
    )


def test_a_decision_does_not_count_before_a_second_person_approves_it(officer, second):
    assessment = decide(AssessmentFactory(), officer, "approved")
    assert assessment.is_in_force is False

    approved = operations.approve(assessment=assessment, by=second, now=NOW)

    assert (approved.is_in_force, approved.approved_by, approved.approved_at) == (
        True,
        second,
        NOW,
    )


def test_nobody_approves_their_own_decision():
    both = UserFactory(roles=["checks_officer", "second_approver"])
    assessment = decide(AssessmentFactory(), both, "approved")

    with pytest.raises(RuleBroken, match="Somebody else must approve it"):
        operations.approve(assessment=assessment, by=both, now=NOW)


def test_an_approved_decision_is_not_changed(officer, second):
    assessment = decide(AssessmentFactory(), officer, "approved")
    operations.approve(assessment=assessment, by=second, now=NOW)

    with pytest.raises(RuleBroken, match="already has a decision"):
        decide(assessment, officer, "not approved")
    with pytest.raises(RuleBroken, match="already approved"):
        operations.approve(assessment=assessment, by=second, now=NOW)


def test_approval_cannot_skip_the_decision(second):
    with pytest.raises(RuleBroken, match="no decision to approve"):
        operations.approve(assessment=AssessmentFactory(), by=second, now=NOW)


def test_conditions_name_something_and_go_with_their_decision(officer):
    somewhere = Conditions(services=(ServiceFactory(),), settings=("prison",))

    with pytest.raises(RuleBroken, match="choose at least one place"):
        decide(AssessmentFactory(), officer, "approved with conditions")
    with pytest.raises(RuleBroken, match="alone"):
        decide(AssessmentFactory(), officer, "approved", somewhere)

    assessment = decide(AssessmentFactory(), officer, "approved with conditions", somewhere)
    assert assessment.conditions.count() == 2


def test_a_returned_decision_is_made_again(officer, second):
    assessment = decide(
        AssessmentFactory(), officer, "approved with conditions", Conditions(settings=("prison",))
    )

    returned = operations.return_for_decision(assessment=assessment, by=second, now=NOW)

    assert (returned.decision, returned.decided_by, returned.conditions.count()) == (
        "awaiting",
        None,
        0,
    )


def test_the_person_is_told_after_approval_and_once(officer, second):
    assessment = decide(AssessmentFactory(), officer, "not approved")
    with pytest.raises(RuleBroken, match="must be approved before"):
        operations.record_told(assessment=assessment, told_on=TODAY, by=officer, now=NOW)
    operations.approve(assessment=assessment, by=second, now=NOW)

    told = operations.record_told(assessment=assessment, told_on=TODAY, by=officer, now=NOW)

    assert told.told_on == TODAY
    with pytest.raises(RuleBroken, match="already recorded"):
        operations.record_told(assessment=assessment, told_on=TODAY, by=officer, now=NOW)


def test_the_person_is_not_told_in_the_future(officer, second):
    assessment = decide(AssessmentFactory(), officer, "approved")
    operations.approve(assessment=assessment, by=second, now=NOW)

    with pytest.raises(RuleBroken, match="not in the future"):
        operations.record_told(
            assessment=assessment, told_on=TODAY + timedelta(days=1), by=officer, now=NOW
        )


def test_a_clearance_is_one_row_a_site_and_says_when_it_was_decided(officer):
    person, site = ReviewerFactory(), SiteFactory(asks="vetting")
    common = {"reviewer": person, "site": site, "decided_by": "HMPPS", "by": officer, "now": NOW}
    operations.record_clearance(
        rung="in progress", applied_on=date(2026, 3, 1), decided_on=None, **common
    )

    operations.record_clearance(
        rung="cleared", applied_on=date(2026, 3, 1), decided_on=TODAY, **common
    )

    clearance = SiteClearance.objects.get()
    assert (clearance.rung, clearance.decided_on) == ("cleared", TODAY)
    with pytest.raises(RuleBroken, match="day the site decided"):
        operations.record_clearance(rung="cleared", applied_on=None, decided_on=None, **common)
    with pytest.raises(RuleBroken, match="after the application"):
        operations.record_clearance(
            rung="cleared", applied_on=TODAY, decided_on=date(2026, 1, 1), **common
        )


def test_a_look_is_recorded_with_its_purpose(officer):
    person = ReviewerFactory()

    operations.look(on=person, by=officer, now=NOW, purpose="renewal")

    event = Event.objects.get()
    assert (event.kind, event.actor_id, event.person_id, event.why) == (
        "looked",
        officer.pk,
        person.pk,
        "renewal",
    )
