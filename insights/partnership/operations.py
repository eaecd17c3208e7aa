"""The portal's key, partners, writing a file and taking one in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import record
from insights.partnership import files, signing
from insights.partnership.content import as_json
from insights.partnership.models import Partner, PartnerFigures, SigningKey
from insights.partnership.own import own_content
from insights.partnership.policies import check_is_newer, check_is_written
from rules import RuleBroken


def make_key(*, by: User | None, now: datetime) -> SigningKey:
    """The portal's key, made if there is none."""
    key = SigningKey.objects.first()
    if key is not None:
        return key
    try:
        with transaction.atomic():
            private = signing.new_private_key()
            key = SigningKey.objects.create(
                pk=1, private_key=private, public_key=signing.public_key_of(private), made_at=now
            )
            record("made the key that signs figures", on=key, by=by, now=now)
    except IntegrityError:  # made meanwhile
        key = SigningKey.objects.get()
    return key


@transaction.atomic
def replace_key(*, replaced: str, by: User, now: datetime) -> SigningKey:
    """Another key in place of the one named by its public half; what was signed stays signed.

    Once: a page sent twice, or shown before, replaces nothing.
    """
    key = SigningKey.objects.select_for_update().get()
    if key.public_key == replaced:
        key.private_key = signing.new_private_key()
        key.public_key = signing.public_key_of(key.private_key)
        key.made_at = now
        key.save()
        record("replaced the key that signs figures", on=key, by=by, now=now)
    return key


@transaction.atomic
def share_figures(
    *, since: date, until: date, today: date, by: User | None, now: datetime
) -> bytes:
    """The signed file with the figures of whole months. Raises RuleBroken without a key."""
    key = SigningKey.objects.first()
    if key is None:
        raise RuleBroken("This portal has no key yet. Make it first.")
    content = own_content(since, until, today=today, now=now)
    months = f"{since:%Y-%m} to {until:%Y-%m}"
    record("shared figures", on=key, by=by, now=now, fields=as_json(content), why=months)
    return files.write(content, key.private_key)


def add_partner(*, name: str, public_key: str, by: User, now: datetime) -> Partner:
    """A trust whose files are taken from now on. Raises RuleBroken: see check_is_anothers."""
    _check_is_anothers(public_key)
    try:
        with transaction.atomic():
            partner = Partner.objects.create(name=name, public_key=public_key, added_at=now)
            record("added a partner", on=partner, by=by, now=now, fields=["name", "public_key"])
    except IntegrityError:
        existing = Partner.objects.filter(name=name, public_key=public_key).first()
        if existing is None:
            raise _taken() from None
        return existing
    return partner


def change_partner(
    *, partner: Partner, name: str, public_key: str, by: User, now: datetime
) -> Partner:
    """Another name, or another key; figures that were taken in stay. Raises RuleBroken."""
    _check_is_anothers(public_key)
    new = {"name": name, "public_key": public_key}
    try:
        with transaction.atomic():
            held = Partner.objects.select_for_update().get(pk=partner.pk)
            changed = [field for field, value in new.items() if getattr(held, field) != value]
            for field in changed:
                setattr(held, field, new[field])
            if changed:
                held.save(update_fields=changed)
                record("changed a partner", on=held, by=by, now=now, fields=changed)
    except IntegrityError:
        raise _taken() from None
    return held


@transaction.atomic
def remove_partner(*, partner: Partner, by: User, now: datetime) -> None:
    """The partner and all figures it sent are gone."""
    record("removed a partner", on=partner, by=by, now=now)
    partner.delete()


def _check_is_anothers(public_key: str) -> None:
    if SigningKey.objects.filter(public_key=public_key).exists():
        raise RuleBroken("This is your own portal’s key. Enter the key that the other trust shows.")


def _taken() -> RuleBroken:
    return RuleBroken("There is a partner with this name or this key already.")


@dataclass(frozen=True)
class Received:
    """Figures of a partner as they stand now, and whether the file changed anything."""

    figures: PartnerFigures
    is_new: bool


def receive(*, document: bytes, by: User, now: datetime) -> Received:
    """Take a partner's file in: new, in place of an older one, or the same again, which changes
    nothing. Raises RuleBroken for every file that cannot be used; nothing is kept of it.
    """
    signed = files.read(document)
    if SigningKey.objects.filter(public_key=signed.signed_by).exists():
        raise RuleBroken(
            "This is your own portal’s file. Your figures stand beside the others’ anyway."
        )
    with transaction.atomic():
        partner = Partner.objects.select_for_update().filter(public_key=signed.signed_by).first()
        if partner is None:
            raise RuleBroken(
                "The file is signed by none of your partners. Add the trust first, with the key "
                "that its portal shows."
            )
        signed.check_signature()
        content = signed.content()
        check_is_written(content, now=now)
        kept = partner.figures.filter(since=content.since, until=content.until).first()
        if kept is not None and kept.signature == signed.signature:
            return Received(kept, is_new=False)
        check_is_newer(content, kept)
        figures, _ = PartnerFigures.objects.update_or_create(
            partner=partner,
            since=content.since,
            until=content.until,
            defaults={
                "written_at": content.written_at,
                "content": as_json(content),
                "signature": signed.signature,
                "received_at": now,
                "received_by": by,
            },
        )
        record("took in a partner's figures", on=figures, by=by, now=now)
    return Received(figures, is_new=True)
