"""What is done to accounts. Nobody signs up: an account is made for a person."""

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts import policies
from accounts.models import User
from accounts.permissions import ROLE_BY_KEY
from audit.operations import record
from rules import RuleBroken


def make_account(
    *, email: str, name: str, roles: Collection[str], by: User | None, now: datetime
) -> User:
    """The account with this address, made if there is none. It has no password.

    Raises RuleBroken when the address is none, belongs to a staff account, or to an account with
    other roles, or to one that was closed.
    """
    policies.check_roles_go_together(roles)
    address = _address(email)
    existing = User.objects.filter(email=address).first()
    if existing is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(address, name, roles=roles)
                record("made account", on=user, by=by, now=now, fields=["email", "name", "roles"])
                return user
        except ValidationError as error:
            made_meanwhile = User.objects.filter(email=address).first()
            if made_meanwhile is None:
                raise RuleBroken(" ".join(error.messages)) from error
            existing = made_meanwhile
        except IntegrityError:
            existing = User.objects.get(email=address)
    policies.check_can_open_again(existing, roles)
    return existing


def change_roles(*, user: User, roles: Collection[str], by: User | None, now: datetime) -> User:
    """Give the user exactly these roles. Raises RuleBroken: see check_can_change_roles."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        policies.check_can_change_roles(held, roles, by=by)
        if set(roles) != set(held.roles):
            held.roles = [key for key in ROLE_BY_KEY if key in set(roles)]
            held.save(update_fields=["roles"])
            record("changed roles", on=held, by=by, now=now, fields=["roles"])
    return held


def change_details(*, user: User, email: str, name: str, by: User | None, now: datetime) -> User:
    """Change the address and the name. Raises RuleBroken for an address that is none or taken."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        new = {"email": _address(email), "name": name.strip()}
        changed = [field for field, value in new.items() if getattr(held, field) != value]
        for field in changed:
            setattr(held, field, new[field])
        try:
            held.full_clean(exclude=["password", "roles"])
        except ValidationError as error:
            raise RuleBroken(" ".join(error.messages)) from error
        if changed:
            held.save(update_fields=changed)
            record("changed account", on=held, by=by, now=now, fields=changed)
    return held


def close_account(*, user: User, by: User | None, now: datetime) -> User:
    """Let nobody sign in with this account any more; whoever is signed in is out at once.

    Raises RuleBroken for your own account. Closing a closed account changes nothing.
    """
    policies.check_can_close(user, by=by)
    return _set_active(user, active=False, action="closed account", by=by, now=now)


def reopen_account(*, user: User, by: User | None, now: datetime) -> User:
    """Let the person sign in again. An open account stays as it is."""
    return _set_active(user, active=True, action="reopened account", by=by, now=now)


def reset_authenticator(*, user: User, by: User | None, now: datetime) -> None:
    """Forget the user's authenticator and recovery codes. Without one nothing changes."""
    with transaction.atomic():
        forgotten, _ = Authenticator.objects.filter(user=user).delete()
        if forgotten:
            record("reset authenticator", on=user, by=by, now=now)


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        address.encode()
        validate_email(address)
    except (ValidationError, UnicodeEncodeError) as error:
        message = "Enter an email address, like name@example.org."
        raise RuleBroken(message) from error
    return address


def _set_active(user: User, *, active: bool, action: str, by: User | None, now: datetime) -> User:
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if held.is_active != active:
            held.is_active = active
            held.save(update_fields=["is_active"])
            record(action, on=held, by=by, now=now, fields=["is_active"])
    return held
