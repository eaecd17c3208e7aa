"""The role description: a new version, and who signed which."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from notifications.models import Message
from notifications.operations import queue
from reviewers.contact import addressee
from reviewers.how import How
from reviewers.models import Reviewer, RoleDescription, RoleDescriptionFile, RoleSignature
from reviewers.operations.recording import locked, record_on
from reviewers.recruitment_policies import (
    check_can_be_reminded,
    check_can_publish,
    check_can_sign,
)
from reviewers.role_descriptions import (
    ON_PAPER,
    TO_SIGN,
    asked_to_sign_on,
    has_signed,
    newest,
)
from reviewers.uploads import Checked, check_format
from reviewers.words import ASKS_TO_SIGN, asked_to_sign
from rules import RuleBroken

NO_FILES: Mapping[str, Checked] = MappingProxyType({})


def publish_version(
    *,
    words: str,
    what_changed: str,
    needed_from: date,
    by: User | None,
    now: datetime,
    is_what_was_signed: bool = False,
    files: Mapping[str, Checked] = NO_FILES,
) -> RoleDescription:
    """Publish a version, which never changes again. The newest one once more is nothing new.

    ``files``: the same words in other formats, by format.

    ``is_what_was_signed``: the first one's words are those that people signed on paper, so they
    are not asked again. Raises RuleBroken, also when somebody else publishes in this moment.
    """
    words = words.strip()
    before = newest()
    if before is not None and before.words == words:
        _add_formats(before, files, by=by, now=now)
        return before
    number = before.number + 1 if before else ON_PAPER + (not is_what_was_signed)
    check_can_publish(
        is_first=before is None,
        what_changed=what_changed,
        needed_from=needed_from,
        today=localdate(now),
    )
    try:
        with transaction.atomic():
            version = RoleDescription.objects.create(
                number=number,
                words=words,
                what_changed=what_changed.strip(),
                published_at=now,
                published_by=by,
                needed_from=needed_from,
            )
            record(
                "published role description",
                on=version,
                by=by,
                now=now,
                fields=["words", "what_changed", "needed_from"],
            )
            _add_formats(version, files, by=by, now=now)
    except IntegrityError as error:
        message = "Somebody else published a version in this moment. Look at theirs first."
        raise RuleBroken(message) from error
    return version


@transaction.atomic
def add_role_format(
    *, version: RoleDescription, kind: str, file: Checked, by: User | None, now: datetime
) -> RoleDescriptionFile:
    """The newest version in one more format. Raises RuleBroken."""
    held = RoleDescription.objects.select_for_update().get(pk=version.pk)
    check_format(is_newest=held == newest(), is_there=held.files.filter(format=kind).exists())
    made = RoleDescriptionFile.objects.create(version=held, format=kind, **file.columns())
    record("added a format of the role description", on=held, by=by, now=now)
    return made


@transaction.atomic
def _add_formats(
    version: RoleDescription, files: Mapping[str, Checked], *, by: User | None, now: datetime
) -> None:
    """Those that are not there; one that is there in other words is refused."""
    there = {each.format: bytes(each.content) for each in version.files.all()}
    for kind, file in files.items():
        if there.get(kind) != file.content:
            add_role_format(version=version, kind=kind, file=file, by=by, now=now)


@transaction.atomic
def remind_to_sign(*, reviewer: Reviewer, by: User, now: datetime) -> bool:
    """Ask the person once more to read the newest version and sign it; whether that is new.

    Raises RuleBroken for whoever signed it, is not to sign it now, or was asked less than a week
    ago; and while nothing is published, or nothing is sent.
    """
    held = locked(reviewer)
    version, today = newest(), localdate(now)
    if version is None:
        message = "No role description is published yet. Publish one first."
        raise RuleBroken(message)
    key = f"{TO_SIGN}:{held.pk}:{version.number}:{today}"
    if Message.objects.filter(key=key).exists():
        return False
    check_can_be_reminded(
        held,
        is_signed=has_signed(held, version.number),
        asked_on=asked_to_sign_on([held.pk]).get(held.pk),
        today=today,
    )
    queued = queue(
        key=key,
        kind=TO_SIGN,
        to=addressee(held),
        subject=ASKS_TO_SIGN,
        body=asked_to_sign(held, version),
        about_id=held.pk,
        now=now,
    )
    if queued is None:
        message = "Sending is not switched on yet, so nobody can be reminded."
        raise RuleBroken(message)
    record_on(held, "reminded of the role description", by=by, now=now, fields=[])
    return True


@transaction.atomic
def record_signature(
    *,
    reviewer: Reviewer,
    version: int,
    signed_on: date,
    how: How,
    by: User,
    now: datetime,
) -> RoleSignature:
    """The person read this version and signed it. Signing it again changes nothing.

    A coordinator who records the same version once more puts its day right. Raises RuleBroken for
    a day to come, a version that is not there, or, on line, one that is not the newest.
    """
    held = locked(reviewer)
    check_can_sign(held, signed_on=signed_on, today=localdate(now))
    latest = newest()
    last = latest.number if latest else ON_PAPER
    if version > last or version < ON_PAPER:
        message = "There is no such version of the role description."
        raise RuleBroken(message)
    if how == How.ONLINE and version != last:
        message = "There is a newer version by now. Please read it before you sign."
        raise RuleBroken(message)
    signature, is_new = RoleSignature.objects.get_or_create(
        reviewer=held,
        version=version,
        defaults={"signed_on": signed_on, "how": how, "recorded_by": by},
    )
    if not is_new:
        if how == How.ONLINE or signature.signed_on == signed_on:
            return signature
        signature.signed_on, signature.how, signature.recorded_by = signed_on, how, by
        signature.save(update_fields=["signed_on", "how", "recorded_by"])
    if held.role_description_signed_on is None or held.signed_version <= version:
        held.role_description_signed_on, held.signed_version = signed_on, version
        held.save(update_fields=["role_description_signed_on", "signed_version"])
    fields = ["role_description_signed_on", "signed_version"]
    record_on(held, "signed role description", by=by, now=now, fields=fields, how=how)
    return signature
