"""Reads of the trust: its settings, and services and their contacts."""

from django.db.models import Exists, OuterRef, QuerySet

from organisation.models import Service, ServiceContact, TrustSettings


def trust_settings() -> TrustSettings:
    """The trust's one row of settings, made with its defaults when it is missing."""
    return TrustSettings.objects.get_or_create(pk=1)[0]


def services_without_contact() -> QuerySet[Service]:
    """Services where nobody with an address could be asked what a visit was worth, by name."""
    reachable = ServiceContact.objects.filter(service=OuterRef("pk"), is_active=True).exclude(
        email=""
    )
    return Service.objects.filter(~Exists(reachable)).order_by("name")


def reachable_contact(service: Service) -> ServiceContact | None:
    """Whom to ask at the service: the first active contact, one with an address before others."""
    contacts = list(service.contacts.filter(is_active=True).order_by("id"))
    return next((each for each in contacts if each.email), contacts[0] if contacts else None)
