"""Writes of the trust: its settings, switching sending on, contacts, roles and sites."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from accounts.models import User
from audit import operations as audit
from organisation import policies
from organisation.models import (
    RoleVariant,
    Service,
    ServiceContact,
    Site,
    SiteFormItem,
    TrustSettings,
)
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


def save_variant(
    *, variant: RoleVariant, changes: Mapping[str, Any], by: User, now: datetime
) -> RoleVariant:
    """Add a role variant, or change one; nothing is written when nothing changes.

    Raises RuleBroken: a name that is taken, or barred lists without regulated activity.
    """
    policies.check_level_has_its_reason(
        changes["level"], is_regulated_activity=changes["is_regulated_activity"]
    )
    is_new = variant.pk is None
    changed = _set(variant, changes)
    if not changed:
        return variant
    with transaction.atomic():
        try:
            with transaction.atomic():
                variant.save()
        except IntegrityError as error:
            message = "There is already a role of this name."
            raise RuleBroken(message) from error
        action = "added a role variant" if is_new else "changed a role variant"
        audit.record(action, on=variant, by=by, now=now, fields=changed)
    return variant


def choose_variant(*, service: Service, variant: RoleVariant, by: User, now: datetime) -> None:
    """Say what an LXR does at this service. Nothing is written when nothing changes."""
    if service.role_variant_id == variant.pk:
        return
    with transaction.atomic():
        service.role_variant = variant
        service.save(update_fields=["role_variant"])
        audit.record("chose a role", on=service, by=by, now=now, fields=["role_variant"])


def change_site(
    *,
    site: Site,
    changes: Mapping[str, Any],
    form_lines: Sequence[str],
    by: User,
    now: datetime,
) -> None:
    """Say what a site asks, and the lines of its own form. A line that stays keeps its ticks.

    Raises RuleBroken for escorted visits without anybody who arranges the escort.
    """
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        changed = _set(site, changes)
        policies.check_escort_is_arranged(
            takes_escorted=site.takes_escorted, arranged_by=site.escort_arranged_by
        )
        if changed:
            site.save(update_fields=changed)
        if _write_form_lines(site, form_lines):
            changed.append("form_items")
        if changed:
            audit.record("changed what a site asks", on=site, by=by, now=now, fields=changed)


def _set(row: Model, changes: Mapping[str, Any]) -> list[str]:
    """Set what differs, and say what did."""
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    return changed


def _write_form_lines(site: Site, lines: Sequence[str]) -> bool:
    here = {item.words: item for item in site.form_items.all()}
    if list(here) == list(lines):
        return False
    site.form_items.exclude(words__in=lines).delete()
    for place, words in enumerate(lines, start=1):
        item = here.get(words) or SiteFormItem(site=site, words=words)
        item.place = place
        item.save()
    return True
