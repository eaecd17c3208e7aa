"""What an approval asks of visits, as officers write it down."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from checks import operations
from checks.models import RiskAssessment
from checks.queries import assessments_to_decide, conditions_to_record, people_to_tell
from checks.readiness import readiness_of
from rules import RuleBroken
from tests.checks.test_views import day
from tests.factories import NOW, TODAY, AssessmentFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def officer(client_as):
    client = client_as("checks_officer")
    client.post(reverse("checks:purpose"), {"purpose": "recording"})
    return client


def test_an_unknown_service_in_the_conditions_is_named(officer):
    assessment = AssessmentFactory()

    page = officer.post(
        reverse("checks:decide", args=[assessment.pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY),
            "not_services": "Nowhere Ward",
        },
    ).content.decode()

    assert "There is no service called Nowhere Ward." in page


def test_services_in_the_conditions_are_known_in_any_capitals_and_named_once(officer):
    assessment = AssessmentFactory()
    larch, eclat = ServiceFactory(name="Larch Ward"), ServiceFactory(name="Éclat House")

    officer.post(
        reverse("checks:decide", args=[assessment.pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY),
            "not_services": "larch ward\nÉCLAT HOUSE\n\nLARCH WARD",
            "version": assessment.version,
        },
    )

    named = assessment.conditions.order_by("pk").values_list("not_service", flat=True)
    assert list(named) == [larch.pk, eclat.pk]


def test_the_conditions_of_a_decision_that_was_brought_in_take_two_people(
    officer, client_as, trust
):
    service = ServiceFactory(name="Larch Ward")
    assessment = AssessmentFactory(
        decision="approved with conditions",
        decided_on=TODAY - timedelta(days=9),
        is_missing_conditions=True,
        is_in_force=True,
    )
    person = assessment.check_made.reviewer
    address = reverse("checks:conditions", args=[assessment.pk])
    page = reverse("checks:person", args=[person.pk])
    assert "Not recorded yet: no visit until they are" in officer.get(page).text

    nothing = officer.post(address, {"version": assessment.version})
    early = officer.post(
        reverse("checks:told", args=[assessment.pk]),
        {**day("told_on", TODAY), "version": assessment.version},
    )
    officer.post(address, {"not_services": "Larch Ward", "version": assessment.version})
    again = officer.post(address, {"accompanied_only": "on", "version": assessment.version})

    assert "Say what the conditions are" in nothing.text
    assert "Record the conditions before the person is told." in early.text
    assert "wait for a second person" in again.text
    assert "No visit until a second person has approved them" in officer.get(page).text
    copied = assessment.check_made.assessments.get(round=2)
    assert (copied.decision, copied.decided_on) == (assessment.decision, assessment.decided_on)
    assert copied.conditions.get().not_service == service
    assert readiness_of([person], on=TODAY, trust=trust)[person.pk].ready is False
    assert Event.objects.get(action="recorded the conditions").person_id == person.pk

    by_themselves = UserFactory(roles=["second_approver"])
    RiskAssessment.objects.filter(pk=copied.pk).update(decided_by=by_themselves)
    with pytest.raises(RuleBroken, match="Somebody else must approve it"):
        operations.approve(assessment=copied, version=copied.version, by=by_themselves, now=NOW)

    second = client_as("second_approver")
    second.post(reverse("checks:purpose"), {"purpose": "recording"})
    shown = second.get(reverse("checks:approvals")).text
    assert "It allows no visit until you approve them." in shown
    second.post(reverse("checks:approve", args=[copied.pk]), {"version": copied.version})

    assert readiness_of([person], on=TODAY, trust=trust)[person.pk].ready is True
    assert [each.check_made_id for each in people_to_tell()] == [copied.check_made_id]
    assert list(conditions_to_record()) == []


def test_conditions_that_are_sent_back_are_written_down_again(officer):
    assessment = AssessmentFactory(
        decision="approved with conditions",
        decided_on=TODAY - timedelta(days=9),
        opened_on=TODAY - timedelta(days=20),
        is_missing_conditions=True,
        is_in_force=True,
    )
    officer.post(
        reverse("checks:conditions", args=[assessment.pk]),
        {"accompanied_only": "on", "version": assessment.version},
    )
    copied = assessment.check_made.assessments.get(round=2)
    assert list(conditions_to_record()) == []

    operations.return_for_decision(
        assessment=copied,
        version=copied.version,
        by=UserFactory(roles=["second_approver"]),
        now=NOW,
    )
    assert list(assessments_to_decide()) == [copied]
    officer.post(
        reverse("checks:decide", args=[copied.pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY - timedelta(days=9)),
            "not_settings": "prison",
            "version": copied.version + 1,
        },
    )

    assert copied.conditions.get().not_setting == "prison"


def test_the_person_reads_that_it_is_worked_on_while_conditions_are_missing(client_as):
    assessment = AssessmentFactory(
        decision="approved with conditions",
        decided_on=TODAY,
        is_missing_conditions=True,
        is_in_force=True,
        told_on=TODAY,
    )

    page = client_as(assessment.check_made.reviewer.user).get(reverse("own-checks:list")).text

    assert "The checks team is working on this." in page
