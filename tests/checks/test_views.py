from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from checks.models import DBSCheck, RiskAssessment
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def officer(client_as):
    client = client_as("checks_officer")
    client.post(reverse("checks:purpose"), {"purpose": "recording"})
    return client


@pytest.fixture
def second(client_as):
    client = client_as("second_approver")
    client.post(reverse("checks:purpose"), {"purpose": "approving"})
    return client


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_the_purpose_is_asked_first_and_leads_back(client_as):
    client, person = client_as("checks_officer"), ReviewerFactory()
    page = reverse("checks:person", args=[person.pk])

    asked = client.get(page)
    back = client.post(asked.headers["Location"], {"purpose": "question"})

    assert asked.status_code == 302
    assert back.headers["Location"] == page
    assert Event.objects.count() == 0
    client.get(page)
    assert Event.objects.get().why == "question"


def test_the_purpose_page_leads_nowhere_else(client_as):
    client = client_as("checks_officer")

    answer = client.post(
        reverse("checks:purpose") + "?next=https://elsewhere.example/", {"purpose": "chasing"}
    )

    assert answer.headers["Location"] == reverse("checks:list")


def test_a_disclosure_goes_through_two_people_to_an_approval(officer, second, trust):
    person, service = ReviewerFactory(), ServiceFactory(name="Larch Ward")
    officer.post(
        reverse("checks:application", args=[person.pk]),
        {"level": "enhanced", "workforce": "adult", **day("applied_on", TODAY)},
    )
    check = DBSCheck.objects.get()
    officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {
            **day("issued_on", TODAY),
            "reference_number": "001234567890",
            "outcome": "disclosure",
        },
    )
    assessment = RiskAssessment.objects.get()
    officer.post(
        reverse("checks:decide", args=[assessment.pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY),
            "not_services": "larch ward".title(),
        },
    )
    second.post(reverse("checks:approve", args=[assessment.pk]))

    assessment.refresh_from_db()
    assert (assessment.decision, assessment.is_in_force) == ("approved with conditions", True)
    assert assessment.conditions.get().not_service == service


def test_a_wrong_form_loses_nothing_and_says_what_is_wrong(officer):
    check = DBSCheckFactory(result="awaiting", issued_on=None, renewal_due_on=None)

    page = officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {**day("issued_on", TODAY), "reference_number": "12", "outcome": "blank"},
    ).content.decode()

    assert "Enter the 12 digits of the certificate number" in page
    assert 'value="12"' in page


def test_a_broken_rule_is_told_in_its_own_words(officer):
    check = DBSCheckFactory(
        result="awaiting", issued_on=None, renewal_due_on=None, applied_on=TODAY
    )

    page = officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {
            **day("issued_on", TODAY - timedelta(days=1)),
            "reference_number": "001234567890",
            "outcome": "blank",
        },
    ).content.decode()

    assert "The certificate cannot be issued before the application." in page


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


@pytest.mark.parametrize(
    ("decision", "told", "words"),
    [
        ("not approved", False, "The checks team is working on this."),
        ("not approved", True, "You cannot go on visits for now."),
        ("approved with conditions", False, "The checks team is working on this."),
        ("approved", False, "This check is complete."),
    ],
)
def test_no_adverse_decision_shows_before_an_officer_told_the_person(
    decision, told, words, client_as
):
    assessment = AssessmentFactory(
        decision=decision,
        decided_on=TODAY,
        is_in_force=True,
        told_on=TODAY if told else None,
    )
    person = assessment.check_made.reviewer

    page = client_as(person.user).get(reverse("own-checks:list")).content.decode()

    assert words in page
    assert "disclosure" not in page.lower()
