"""Writes of the trust: its settings, switching sending on, and services' contacts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from audit import operations as audit
from organisation.models import Service, ServiceContact, TrustSettings
from organisation.queries import trust_settings
from rules import RuleBroken


def change_settings(
    *, changes: Mapping[str, Any], fields: Iterable[str], by: User, now: datetime
) -> TrustSettings:
    """Change those ``fields`` of the trust's settings; nothing is written when there are none."""
    with transaction.atomic():
        trust = trust_settings()
        names = sorted(fields)
        for name in names:
            setattr(trust, name, changes[name])
        if names:
            trust.save(update_fields=names)
            audit.record("changed the settings", on=trust, by=by, now=now, fields=names)
    return trust


def switch_sending_on(*, by: User, now: datetime) -> None:
    """Let messages fall due from now on. Nothing changes if they do already."""
    with transaction.atomic():
        trust = trust_settings()
        if trust.sending_on_since is not None and trust.sending_on_since <= now:
            return
        TrustSettings.objects.filter(pk=trust.pk).update(sending_on_since=now)
        audit.record("switched sending on", on=trust, by=by, now=now)


def switch_sending_off(*, by: User, now: datetime) -> None:
    """Send nothing but sign-in codes. Nothing changes if it is off already."""
    with transaction.atomic():
        trust = trust_settings()
        if trust.sending_on_since is None:
            return
        TrustSettings.objects.filter(pk=trust.pk).update(sending_on_since=None)
        audit.record("switched sending off", on=trust, by=by, now=now)


def add_contact(
    *, service: Service, name: str, email: str, by: User, now: datetime
) -> ServiceContact:
    """Add somebody to ask at a service. Raises RuleBroken for a name the service has already."""
    contact = ServiceContact(service=service, name=name, email=email)
    _save(contact, "added a contact", by=by, now=now, fields=["name", "email"])
    return contact


def change_contact(
    *, contact: ServiceContact, name: str, email: str, is_active: bool, by: User, now: datetime
) -> None:
    """Change how a contact is reached, or that they are asked at all. Raises RuleBroken."""
    new = {"name": name, "email": email, "is_active": is_active}
    changed = sorted(field for field, value in new.items() if getattr(contact, field) != value)
    if not changed:
        return
    for field, value in new.items():
        setattr(contact, field, value)
    _save(contact, "changed a contact", by=by, now=now, fields=changed)


def _save(
    contact: ServiceContact, action: str, *, by: User, now: datetime, fields: Iterable[str]
) -> None:
    try:
        with transaction.atomic():
            contact.save()
            audit.record(action, on=contact, by=by, now=now, fields=fields)
    except IntegrityError as error:
        message = f"There is already a contact called {contact.name} at this service."
        raise RuleBroken(message) from error
