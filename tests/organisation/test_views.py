"""Settings and services, in the browser's place."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from organisation.models import ServiceContact, TrustSettings
from tests.factories import NOW, TODAY, ContactFactory, ReviewFactory, ServiceFactory
from tests.organisation.pages import SETTINGS

pytestmark = pytest.mark.django_db


def test_administrator_changes_the_settings(client_as: Any) -> None:
    client: Client = client_as("administrator")
    url = reverse("organisation:trust")

    page = client.post(url, {**SETTINGS, "team_name": "the care team"}, follow=True)

    assert "The settings are saved." in page.content.decode()
    assert TrustSettings.objects.get().team_name == "the care team"
    assert Event.objects.get().fields == [
        "crisis_line",
        "mailbox",
        "safeguarding_line",
        "team_name",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"send_until": "08:00"},
        {"mailbox": "nowhere"},
        {"feedback_link_days": "0"},
        {"answer_days": "0"},
        {"reserve_answer_hours": "0"},
        {"rest_days": "99"},
        {"feedback_link_days": "9" * 30},
        {"renewal_months": "99999"},
        {"team_name": ""},
        {"team_name": "a\x00b"},
        {"renewal_blocks_from": "2026-02-29"},
    ],
)
def test_settings_that_make_no_sense_are_form_errors(
    changes: dict[str, str], client_as: Any
) -> None:
    response = client_as("administrator").post(
        reverse("organisation:trust"), {**SETTINGS, **changes}
    )

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert set(response.context["form"].errors) == set(changes)
    assert not Event.objects.exists()


def test_empty_post_is_a_form_error(client_as: Any) -> None:
    response = client_as("administrator").post(reverse("organisation:trust"))

    assert "There is a problem" in response.content.decode()


def test_services_without_a_contact_are_found_and_given_one(client_as: Any) -> None:
    client: Client = client_as("coordinator")
    ContactFactory(service__name="Elm Clinic")
    service = ServiceFactory(name="Oak Ward")

    page = client.get(reverse("organisation:services"), {"contact": "none"}).content.decode()
    assert "Oak Ward" in page
    assert "Elm Clinic" not in page
    assert (
        "Nobody yet."
        in client.get(reverse("organisation:service", args=[service.pk])).content.decode()
    )
    add = reverse("organisation:contact_add", args=[service.pk])
    added = client.post(add, {"name": "Jo Park", "email": "jo@example.org"}, follow=True)
    assert "Jo Park is added." in added.content.decode()
    again = client.post(add, {"name": "Jo Park", "email": ""})
    assert "already a contact called Jo Park" in again.content.decode()
    page = client.get(reverse("organisation:services"), {"contact": "none"}).content.decode()
    assert "Oak Ward" not in page


def test_contact_is_changed(client_as: Any) -> None:
    client: Client = client_as("coordinator")
    contact = ContactFactory(name="Jo Park")
    ContactFactory(name="Pat Reed", service=contact.service)
    url = reverse("organisation:contact", args=[contact.pk])

    assert "already a contact called Pat Reed" in (
        client.post(url, {"name": "Pat Reed", "email": ""}).content.decode()
    )
    client.post(url, {"name": "Jo Parker", "email": "new@example.org"})

    stored = ServiceContact.objects.get(pk=contact.pk)
    assert (stored.name, stored.email, stored.is_active) == ("Jo Parker", "new@example.org", False)


def test_visits_after_a_service_closes_are_listed_to_move_or_call_off(
    client_as: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    client: Client = client_as("coordinator")
    before = ReviewFactory(reference="R-SOON", visit_on=TODAY + timedelta(days=9))
    service = before.service
    after = ReviewFactory(reference="R-LATE", visit_on=TODAY + timedelta(days=10), service=service)
    ReviewFactory(reference="R-OFF", visit_on=after.visit_on, service=service, status="cancelled")
    ReviewFactory(reference="R-ELSE", visit_on=after.visit_on)
    closing = reverse("organisation:closing", args=[service.pk])
    assert "Closed by then" not in client.get(closing).content.decode()

    day = after.visit_on
    sent = {"closed_on_day": day.day, "closed_on_month": day.month, "closed_on_year": day.year}
    said = client.post(closing, sent, follow=True)

    for page in (said, client.get(closing)):
        (section,) = page.context["sections"]
        assert section["section"]["visits"] == [(before, False), (after, True)]
        for name in ("postpone", "cancel"):
            assert reverse(f"reviews:{name}", args=[after.pk]) in page.content.decode()
        assert page.content.decode().count("Closed by then") == 1
