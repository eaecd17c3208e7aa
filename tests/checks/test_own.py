"""My checks: plain words, and nothing that limits somebody before an officer told them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from checks.models import Condition, SiteClearance
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    ServiceFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
WAITING: dict[str, Any] = {"issued_on": None, "result": "awaiting", "renewal_due_on": None}
ASKED = {**WAITING, "asked_on": TODAY, "applied_on": None}


@pytest.fixture
def person() -> Any:
    return ReviewerFactory()


@pytest.fixture
def own_page(client_as: Any, person: Any, trust: Any, time_machine: Any) -> Any:
    time_machine.move_to(NOW)
    client = client_as(person.user)

    def opened() -> str:
        return client.get(reverse("own-checks:list")).content.decode()

    return opened


def decided(person: Any, decision: str = "approved with conditions", **given: Any) -> Any:
    return AssessmentFactory(
        check_made=DBSCheckFactory(reviewer=person, result="disclosure"),
        **{"decision": decision, "decided_on": TODAY, "is_in_force": True, **given},
    )


def test_the_id_check_is_shown_with_when_and_where(own_page: Any, person: Any) -> None:
    check = DBSCheckFactory(reviewer=person, **ASKED)
    assert "We will ring you to find a time." in own_page()

    check.id_check_at, check.id_check_how = NOW + timedelta(days=2), "in person"
    check.id_check_place = "Market House"
    check.save()
    page = own_page()
    assert "Come to your ID check." in page
    assert "Friday 12 June 2026 at 11am, in person. Market House." in page

    check.documents_seen, check.identity_seen_on = ["passport"], TODAY
    check.save()
    page = own_page()
    assert "We have seen your documents." in page
    assert "Market House" not in page


def test_conditions_show_after_an_officer_told_the_person(own_page: Any, person: Any) -> None:
    assessment = decided(person)
    service = ServiceFactory(name="Larch Ward")
    Condition.objects.create(assessment=assessment, not_service=service)
    Condition.objects.create(assessment=assessment, not_setting="secure", until=TODAY)
    Condition.objects.create(
        assessment=assessment, not_setting="prison", until=TODAY - timedelta(days=1)
    )
    Condition.objects.create(assessment=assessment, accompanied_only=True, words="With a nurse")
    page = own_page()
    assert "The checks team is working on this." in page
    assert "Larch Ward" not in page

    assessment.told_on = TODAY
    assessment.save()

    page = own_page()
    assert "We will not ask you to visit Larch Ward." in page
    assert "We will not ask you to visit secure services, until 10 June 2026." in page
    assert "prisons" not in page
    assert "You go when somebody of the team goes with you." in page
    assert "With a nurse" not in page


def test_an_approval_with_an_end_shows_after_an_officer_told_the_person(
    own_page: Any, person: Any
) -> None:
    assessment = decided(person, "approved", approved_until=TODAY)
    assert "The checks team is working on this." in own_page()

    assessment.told_on = TODAY
    assessment.save()
    assert "This lasts until 10 June 2026." in own_page()

    assessment.approved_until = TODAY - timedelta(days=1)
    assessment.decided_on = TODAY - timedelta(days=9)
    assessment.save()
    assert "You cannot go on visits for now." in own_page()


def test_a_decision_that_is_looked_at_again_says_so(own_page: Any, person: Any) -> None:
    assessment = decided(person, "not approved", told_on=TODAY)
    assert "You can ask them to look at it again." in own_page()

    AssessmentFactory(check_made=assessment.check_made, round=2)

    assert "The checks team is looking at this again." in own_page()


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ({**WAITING, "withdrawn_on": TODAY}, "This application was stopped."),
        (WAITING, "The checks team is working on this."),
        ({}, "This check is complete."),
        (
            {
                "update_consent_on": TODAY,
                "status_checked_on": TODAY,
                "status_result": "changed",
            },
            "The checks team is working on this.",
        ),
    ],
)
def test_each_state_in_plain_words(check: Any, words: str, own_page: Any, person: Any) -> None:
    DBSCheckFactory(reviewer=person, **check)

    assert words in own_page()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"applied_on": None}, "Northgate: We are getting ready to ask."),
        ({"applied_on": TODAY}, "Northgate: We have asked, since 10 June 2026."),
        ({"rung": "cleared", "decided_on": TODAY}, "Northgate: You can go there."),
        ({"rung": "not needed", "decided_on": TODAY}, "Northgate: You can go there."),
        (
            {"rung": "not at this site for now", "applied_on": TODAY, "decided_on": TODAY},
            "Northgate: We have asked, since 10 June 2026.",
        ),
        (
            {"rung": "not at this site for now", "decided_on": TODAY, "told_on": TODAY},
            "Northgate: You cannot go there for now.",
        ),
        (
            {"rung": "escorted only", "decided_on": TODAY, "told_on": TODAY},
            "Somebody from there goes with you.",
        ),
    ],
)
def test_each_site_in_plain_words(given: Any, words: str, own_page: Any, person: Any) -> None:
    site = SiteFactory(name="Northgate", asks="vetting")
    SiteClearance.objects.create(reviewer=person, site=site, decided_by="Governor", **given)

    page = own_page()

    assert words in page
    assert "Governor" not in page
