"""Who a person is and how to reach them; and the account they sign in with."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

import accounts.operations
from accounts.models import User
from notifications.models import Channel
from reviewers import policies, words
from reviewers.how import How
from reviewers.models import Reviewer, Stage, StageChange
from reviewers.operations.recording import locked, record_on
from rules import RuleBroken

_NUMBERED = re.compile(r"LXR-([0-9]{1,9})")


@dataclass(frozen=True)
class Details:
    """Name and contact, as the forms ask. Email is lower-cased, blanks around are dropped."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    preferred_contact: str = Channel.EMAIL.value

    def tidied(self) -> dict[str, str]:
        """The values to store."""
        values = {name: str(value).strip() for name, value in asdict(self).items()}
        return values | {"email": values["email"].lower()}


def add_reviewer(
    *,
    details: Details,
    by: User,
    now: datetime,
    reference: str = "",
    joined_on: date | None = None,
    source: str = "",
) -> Reviewer:
    """A new person, at the stage enquiry. Without a reference they get the next number.

    ``source``: a Reviewer.Source, how they came to us; empty: it was not asked.
    Raises RuleBroken for somebody who is here already, a reference that is taken, or a preferred
    way without an address.
    """
    values = details.tidied()
    _check_reachable(values)
    _check_is_new(values)
    try:
        with transaction.atomic():
            today = localdate(now)
            reviewer = Reviewer.objects.create(
                reference=reference.strip() or _next_reference(),
                joined_on=joined_on or today,
                stage=Stage.ENQUIRY,
                stage_since=today,
                source=source,
                **values,
            )
            StageChange.objects.create(reviewer=reviewer, to_stage=Stage.ENQUIRY, at=now, by=by)
            record_on(
                reviewer,
                "added reviewer",
                by=by,
                now=now,
                fields=[*values, "reference", "stage", "source"],
            )
    except IntegrityError as error:
        message = "Somebody else has this reference. Choose another one."
        raise RuleBroken(message) from error
    return reviewer


def change_details(
    *,
    reviewer: Reviewer,
    details: Details,
    by: User,
    now: datetime,
    how: How | None = None,
) -> Reviewer:
    """Change name and contact; the account they sign in with follows.

    Raises RuleBroken for a preferred way without an address, or an address of another account.
    """
    values = details.tidied()
    _check_reachable(values)
    with transaction.atomic():
        held = locked(reviewer)
        policies.check_keeps_sign_in(held, values["email"])
        changed = [name for name, value in values.items() if getattr(held, name) != value]
        if not changed:
            return held
        for name in changed:
            setattr(held, name, values[name])
        held.save(update_fields=changed)
        if held.user is not None:
            accounts.operations.change_details(
                user=held.user, email=held.email, name=str(held), by=by, now=now
            )
        record_on(held, "changed details", by=by, now=now, fields=changed, how=how)
    return held


def set_emergency_contact(
    *,
    reviewer: Reviewer,
    name: str,
    phone: str,
    by: User,
    now: datetime,
    how: How | None = None,
) -> None:
    """Whom to ring if something happens to them on a visit; both empty: nobody.

    Raises RuleBroken for a name without a number or a number without a name.
    """
    values = {"emergency_name": name.strip(), "emergency_phone": phone.strip()}
    policies.check_emergency_contact(name=values["emergency_name"], phone=values["emergency_phone"])
    with transaction.atomic():
        held = locked(reviewer)
        changed = [each for each, value in values.items() if getattr(held, each) != value]
        if not changed:
            return
        for each in changed:
            setattr(held, each, values[each])
        held.save(update_fields=changed)
        record_on(held, "changed emergency contact", by=by, now=now, fields=changed, how=how)


def give_account(*, reviewer: Reviewer, by: User | None, now: datetime, tells: bool = True) -> User:
    """Let the person sign in with their email address; ``tells``: with a message on how.

    Who has an account keeps it; who came back after leaving gets theirs back. Raises RuleBroken
    without an address or with a shared one: a coordinator acts for the person.
    """
    with transaction.atomic():
        held = locked(reviewer)
        if held.user is not None and held.user.is_active:
            return held.user
        shared = Reviewer.objects.filter(email__iexact=held.email).exclude(pk=held.pk)
        policies.check_can_have_account(held, is_shared=shared.exists())
        if held.user is not None:
            policies.check_account_closed_with_leaving(
                has_left=held.stage_changes.filter(to_stage=Stage.LEFT).exists()
            )
            user = accounts.operations.reopen_account(user=held.user, by=by, now=now)
        else:
            user = accounts.operations.make_account(
                email=held.email, name=str(held), roles=["lxr"], by=by, now=now
            )
            if Reviewer.objects.filter(user=user).exists():
                message = "Somebody else in the programme signs in with this address."
                raise RuleBroken(message)
            held.user = user
            held.save(update_fields=["user"])
        record_on(held, "gave account", by=by, now=now, fields=["user"])
        if tells:
            words.tell_can_sign_in(held, now=now)
    return user


def _check_reachable(values: dict[str, str]) -> None:
    policies.check_can_be_reached(
        preferred=values["preferred_contact"],
        email=values["email"],
        phone=values["phone"],
        address=values["address"],
    )


def _check_is_new(values: dict[str, str]) -> None:
    """The same name and the same ways to reach them: the form was sent twice."""
    same = {name: value for name, value in values.items() if name != "preferred_contact"}
    known = Reviewer.objects.filter(**same).exclude(stage=Stage.LEFT).first()
    if known:
        message = f"{known} is here already, with the reference {known.reference}."
        raise RuleBroken(message)


def _next_reference() -> str:
    """One more than the highest ``LXR-`` number there is."""
    references = Reviewer.objects.filter(reference__startswith="LXR-").values_list(
        "reference", flat=True
    )
    numbers = [int(found[1]) for each in references if (found := _NUMBERED.fullmatch(each))]
    return f"LXR-{max(numbers, default=0) + 1:03}"
