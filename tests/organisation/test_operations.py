"""Changing settings, switching sending, keeping contacts; each with its audit event."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from organisation import operations
from organisation.models import ServiceContact, TrustSettings
from rules import RuleBroken
from tests.factories import NOW, ContactFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(db: None) -> Any:
    return UserFactory()


def events() -> list[tuple[str, list[str]]]:
    return list(Event.objects.order_by("pk").values_list("action", "fields"))


def test_changed_settings_name_their_fields_and_no_values(somebody: Any) -> None:
    changes = {"team_name": "the care team", "telephone": "1", "mailbox": "x@example.org"}

    operations.change_settings(
        changes=changes, fields=["team_name", "telephone"], by=somebody, now=NOW
    )

    trust = TrustSettings.objects.get()
    assert (trust.team_name, trust.telephone) == ("the care team", "1")
    assert trust.mailbox == "quality.team@trust.example.org"
    assert events() == [("changed the settings", ["team_name", "telephone"])]


def test_nothing_changed_is_nothing_recorded(somebody: Any) -> None:
    operations.change_settings(changes={}, fields=[], by=somebody, now=NOW)

    assert events() == []


def test_sending_is_switched_on_once_and_off_once(somebody: Any) -> None:
    operations.switch_sending_on(by=somebody, now=NOW)
    operations.switch_sending_on(by=somebody, now=NOW + timedelta(hours=1))
    assert TrustSettings.objects.get().sending_on_since == NOW

    operations.switch_sending_off(by=somebody, now=NOW)
    operations.switch_sending_off(by=somebody, now=NOW)
    assert TrustSettings.objects.get().sending_on_since is None
    assert events() == [("switched sending on", []), ("switched sending off", [])]


def test_contact_is_added(somebody: Any) -> None:
    service = ServiceFactory()

    operations.add_contact(
        service=service, name="Jo Park", email="jo@example.org", by=somebody, now=NOW
    )

    contact = ServiceContact.objects.get()
    assert (contact.service, contact.name, contact.email) == (service, "Jo Park", "jo@example.org")
    assert contact.is_active
    assert events() == [("added a contact", ["email", "name"])]


def test_contact_with_the_same_name_at_the_service_is_refused(somebody: Any) -> None:
    there = ContactFactory(name="Jo Park")
    other = ContactFactory(name="Pat Reed", service=there.service)

    with pytest.raises(RuleBroken, match="already a contact called Jo Park"):
        operations.add_contact(
            service=there.service, name="Jo Park", email="", by=somebody, now=NOW
        )
    with pytest.raises(RuleBroken, match="already a contact called Jo Park"):
        operations.change_contact(
            contact=other, name="Jo Park", email="", is_active=True, by=somebody, now=NOW
        )
    assert ServiceContact.objects.count() == 2
    assert events() == []


def test_contact_who_left_is_not_asked_any_more(somebody: Any) -> None:
    contact = ContactFactory(name="Jo Park", email="jo@example.org")
    same = {"name": "Jo Park", "email": "jo@example.org", "by": somebody, "now": NOW}

    operations.change_contact(contact=contact, is_active=True, **same)
    operations.change_contact(contact=contact, is_active=False, **same)

    contact.refresh_from_db()
    assert not contact.is_active
    assert events() == [("changed a contact", ["is_active"])]
