"""Making a person nobody. Their row stays, so that what they did is still counted."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from accounts import links
from accounts.models import User
from accounts.policies import LXR
from audit.operations import record
from feedback.models import Asking
from feedback.operations import PURPOSE
from programme.erasure.fates import GOES
from programme.erasure.references import digest_of
from programme.importing.digests import stored_key
from programme.models import ErasedReference, ImportedRow
from reviewers.models import EVERY_DAY, Reviewer

NOBODY = "Erased person"

# What each column of a person holds afterwards; those not named stay: the stage and since when.
EMPTY: dict[str, object] = {
    "first_name": "Erased",
    "last_name": "person",
    "email": "",
    "phone": "",
    "address": "",
    "preferred_contact": "email",
    "emergency_name": "",
    "emergency_phone": "",
    "source": "",
    "paused_until": None,
    "experience": "",
    "access_needs": "",
    "role_description_signed_on": None,
    "signed_version": 1,
    "available_weekdays": EVERY_DAY,
    "visits_a_month": 2,
    "first_visit_anywhere": False,
    "user": None,
}


def anonymise(*, reviewer: Reviewer, by: User | None, now: datetime, why: str) -> None:
    """Make this person nobody. ``reviewer`` is locked; call inside the transaction of why.

    Nothing tells afterwards who they were, and no import makes them somebody again.
    """
    ErasedReference.objects.get_or_create(digest=digest_of(reviewer.reference))
    _forget_imports(reviewer.reference.lower())
    for asking in Asking.objects.filter(reviewer=reviewer):
        links.revoke(purpose=PURPOSE, object_id=asking.pk, now=now)
    for goes in GOES:
        goes.carry_out(reviewer)
    if reviewer.user is not None:
        _close(reviewer.user, by=by, now=now)
    _forget_in_admin(reviewer)
    reviewer.reference = Reviewer.reference_when_erased(reviewer.pk)
    reviewer.joined_on = date(reviewer.joined_on.year, 1, 1)
    for name, value in EMPTY.items():
        setattr(reviewer, name, value)
    reviewer.save()
    fields = ["reference", "joined_on", *EMPTY]
    record("erased", on=reviewer, by=by, now=now, about=reviewer.pk, fields=fields, why=why)


def _forget_imports(reference: str) -> None:
    """The reference stands in the keys of rows that were imported."""
    first, last = stored_key((reference, "")), stored_key(("", reference))
    middle = stored_key(("", reference, ""))
    ImportedRow.objects.filter(
        Q(key=reference)
        | Q(key__startswith=first)
        | Q(key__endswith=last)
        | Q(key__contains=middle)
    ).delete()


def _close(user: User, *, by: User | None, now: datetime) -> None:
    """Close and empty the account. One that is also a member of staff's is only let go."""
    if set(user.roles) - {LXR}:
        return
    EmailAddress.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email = f"erased-{user.pk}@example.invalid"
    user.name, user.roles, user.is_active, user.last_login = NOBODY, [], False, None
    user.set_unusable_password()
    user.save()
    fields = ["email", "name", "roles", "is_active", "last_login"]
    record("closed and emptied account", on=user, by=by, now=now, fields=fields)
    _forget_in_admin(user)


def _forget_in_admin(thing: Model) -> None:
    """The Django admin's own log shows the name of what was changed."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk)
    ).update(object_repr=NOBODY, change_message="")
