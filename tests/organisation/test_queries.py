"""The trust's settings, services without a contact, and how contacts are reached."""

from typing import Any

import pytest

from organisation.contact import Addressee, addressee
from organisation.models import TrustSettings
from organisation.queries import (
    reachable_contact,
    services,
    services_without_contact,
    trust_settings,
)
from tests.factories import ContactFactory, ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_settings_are_made_when_missing_and_read_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    made = trust_settings()

    assert (made.pk, made.sending_on_since, made.feedback_link_days) == (1, None, 60)
    with django_assert_num_queries(1):
        assert trust_settings() == made
    assert TrustSettings.objects.count() == 1


def test_service_without_an_active_contact_with_an_address_has_nobody_to_ask() -> None:
    ContactFactory(service__name="A reachable")
    ContactFactory(service__name="B left", is_active=False)
    ContactFactory(service__name="C no address", email="")
    ServiceFactory(name="D empty")

    assert [each.name for each in services_without_contact()] == [
        "B left",
        "C no address",
        "D empty",
    ]
    assert [(each.name, each.has_contact) for each in services()] == [
        ("A reachable", True),
        ("B left", False),
        ("C no address", False),
        ("D empty", False),
    ]


def test_contact_with_an_address_is_asked_before_others() -> None:
    service = ServiceFactory()
    assert reachable_contact(service) is None

    ContactFactory(service=service, name="Left", is_active=False)
    by_phone = ContactFactory(service=service, email="")
    assert reachable_contact(service) == by_phone

    by_email = ContactFactory(service=service)
    assert reachable_contact(service) == by_email


def test_people_without_an_address_are_rung() -> None:
    contact = ContactFactory(name="Pat Reed", email="")
    staff = StaffFactory(name="Lee Grant", email="lee@trust.example.org")

    assert addressee(contact) == Addressee("contact", contact.pk, "Pat Reed", "phone", "")
    assert addressee(staff) == Addressee(
        "staff", staff.pk, "Lee Grant", "email", "lee@trust.example.org"
    )
