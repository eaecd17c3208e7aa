"""Reads of the trust: its settings, and services and their contacts."""

from django.db.models import Count, Exists, OuterRef, QuerySet

from organisation.models import (
    RoleVariant,
    Service,
    ServiceBlock,
    ServiceContact,
    Site,
    TrustSettings,
)


def trust_settings() -> TrustSettings:
    """The trust's one row of settings, made with its defaults when it is missing."""
    return TrustSettings.objects.get_or_create(pk=1)[0]


def _somebody_to_ask() -> Exists:
    active = ServiceContact.objects.filter(service=OuterRef("pk"), is_active=True)
    return Exists(active.exclude(email=""))


def services() -> QuerySet[Service]:
    """Every service with its directorate, and ``has_contact``: somebody with an address to ask."""
    with_directorate = Service.objects.select_related("directorate")
    return with_directorate.annotate(has_contact=_somebody_to_ask()).order_by("name")


def without_contact(services: QuerySet[Service]) -> QuerySet[Service]:
    """Those of the services where nobody with an address could be asked what a visit was worth."""
    return services.filter(~_somebody_to_ask())


def services_without_contact() -> QuerySet[Service]:
    """Every service without somebody to ask, by name."""
    return without_contact(Service.objects.order_by("name"))


def service_with_contacts() -> QuerySet[Service]:
    """Services with everything their page shows."""
    return Service.objects.select_related("directorate", "site", "role_variant").prefetch_related(
        "contacts", "blocks"
    )


def blocks() -> QuerySet[ServiceBlock]:
    """Days on which services cannot be visited, with the service."""
    return ServiceBlock.objects.select_related("service")


def contacts() -> QuerySet[ServiceContact]:
    """Everybody who is asked at a service, with the service."""
    return ServiceContact.objects.select_related("service")


def reachable_contact(service: Service) -> ServiceContact | None:
    """Whom to ask at the service: the first active contact, one with an address before others."""
    contacts = list(service.contacts.filter(is_active=True).order_by("id"))
    return next((each for each in contacts if each.email), contacts[0] if contacts else None)


def variants() -> QuerySet[RoleVariant]:
    """Every role variant, and ``at``: how many services have it."""
    return RoleVariant.objects.annotate(at=Count("services")).order_by("name")


def sites() -> QuerySet[Site]:
    """Every site, by name."""
    return Site.objects.order_by("name")


def sites_with_forms() -> QuerySet[Site]:
    """Sites with the lines of their own forms."""
    return Site.objects.prefetch_related("form_items")
