from datetime import date, timedelta

import pytest

from audit.models import Event
from checks import operations
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.operations import Conditions
from organisation.models import SiteFormItem
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
    assert list(Event.objects.order_by("pk").values_list("action", "person_id")) == [
        ("recorded a DBS application", person.pk),
        ("refused: record application", person.pk),
    ]


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

    assessment = check.assessments.get()
    assert (assessment.decision, assessment.round) == ("awaiting", 1)
    assert assessment.opened_on == date(2026, 6, 1)


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


def decide(assessment, officer, decision, conditions=None, **given):
    return operations.decide(
        **{
            "assessment": assessment,
            "decision": decision,
            "decided_on": TODAY,
            "conditions": conditions or Conditions(),
            "review_on": None,
            "version": assessment.version,
            "by": officer,
            "now": NOW,
            **given,
        }
    )


def approve(assessment, second, **given):
    version = given.pop("version", assessment.version)
    return operations.approve(assessment=assessment, version=version, by=second, now=NOW)


def tell(assessment, officer, told_on=TODAY):
    return operations.record_told(
        assessment=assessment, told_on=told_on, version=assessment.version, by=officer, now=NOW
    )


def test_a_decision_does_not_count_before_a_second_person_approves_it(officer, second):
    assessment = decide(AssessmentFactory(), officer, "approved")
    assert assessment.is_in_force is False

    approved = approve(assessment, second)

    assert (approved.is_in_force, approved.approved_by, approved.approved_at) == (
        True,
        second,
        NOW,
    )


def test_nobody_approves_their_own_decision():
    both = UserFactory(roles=["checks_officer", "second_approver"])
    assessment = decide(AssessmentFactory(), both, "approved")

    with pytest.raises(RuleBroken, match="Somebody else must approve it"):
        approve(assessment, both)


def test_an_approved_decision_is_not_changed(officer, second):
    assessment = decide(AssessmentFactory(), officer, "approved")
    assessment = approve(assessment, second)

    with pytest.raises(RuleBroken, match="already has a decision"):
        decide(assessment, officer, "not approved")
    with pytest.raises(RuleBroken, match="already approved"):
        approve(assessment, second)


def test_approval_cannot_skip_the_decision(second):
    with pytest.raises(RuleBroken, match="no decision to approve"):
        approve(AssessmentFactory(), second)


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

    returned = operations.return_for_decision(
        assessment=assessment, version=assessment.version, by=second, now=NOW
    )

    assert (returned.decision, returned.decided_by, returned.conditions.count()) == (
        "awaiting",
        None,
        0,
    )


def test_the_person_is_told_after_approval_and_once(officer, second):
    assessment = decide(AssessmentFactory(), officer, "not approved")
    with pytest.raises(RuleBroken, match="must be approved before"):
        tell(assessment, officer)
    assessment = approve(assessment, second)

    told = tell(assessment, officer)

    assert told.told_on == TODAY
    with pytest.raises(RuleBroken, match="already recorded"):
        tell(told, officer)


def test_the_person_is_not_told_in_the_future(officer, second):
    assessment = approve(decide(AssessmentFactory(), officer, "approved"), second)

    with pytest.raises(RuleBroken, match="not in the future"):
        tell(assessment, officer, TODAY + timedelta(days=1))


def test_a_clearance_is_one_row_a_site_and_says_when_it_was_decided(officer):
    person, site = ReviewerFactory(), SiteFactory(asks="vetting")
    common = {"reviewer": person, "site": site, "by": officer, "now": NOW}
    operations.record_clearance(
        rung="in progress",
        applied_on=date(2026, 3, 1),
        decided_on=None,
        decided_by="",
        version=0,
        **common,
    )
    common |= {"decided_by": "HMPPS", "version": 1}

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


def test_an_old_clearance_form_is_refused_and_on_record(officer):
    person, site = ReviewerFactory(), SiteFactory(asks="own form")
    item = SiteFormItem.objects.create(site=site, place=1, words="A photo")
    shown = {"reviewer": person, "site": site, "by": officer, "now": NOW, "applied_on": None}
    undecided = {"rung": "in progress", "decided_on": None, "decided_by": "", "version": 0}
    cleared = {"rung": "cleared", "decided_on": TODAY, "decided_by": "Site"}
    clearance = operations.record_clearance(**shown, **undecided)
    operations.record_clearance(**shown, **cleared, version=1)

    # The same once more is nothing new; anything else from an old form is refused.
    operations.record_clearance(**shown, **cleared, version=1)
    for old in (0, 1):
        with pytest.raises(RuleBroken, match="changed this clearance since you opened it"):
            operations.record_clearance(**shown, **undecided | {"version": old})
    with pytest.raises(RuleBroken, match="changed this clearance since you opened it"):
        operations.tick_form_lines(
            clearance=clearance, items=[item.pk], version=1, by=officer, now=NOW
        )

    clearance.refresh_from_db()
    assert (clearance.rung, clearance.version, clearance.ticks.count()) == ("cleared", 2, 0)
    refused = Event.objects.filter(action__startswith="refused: ").order_by("pk")
    assert list(refused.values_list("action", "why", "actor_id", "person_id")) == [
        ("refused: record clearance", "an old form", officer.pk, person.pk),
        ("refused: record clearance", "an old form", officer.pk, person.pk),
        ("refused: tick form lines", "an old form", officer.pk, person.pk),
    ]
