"""The library: adding documents, versions and formats, and who has read them."""

from datetime import date, datetime
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviewers.how import How
from reviewers.models import Reviewer
from reviewers.uploads import Checked, check_format
from rules import RuleBroken
from training import library_policies as policies
from training.models import Document, DocumentFile, DocumentVersion, Reading

Format = DocumentFile.Format


class DocumentDetails(TypedDict):
    """What a document is, as its form asks."""

    title: str
    about: str
    must_read: str


@transaction.atomic
def add_document(*, details: DocumentDetails, file: Checked, by: User, now: datetime) -> Document:
    """A new document with its first version. Raises RuleBroken for a title that is taken."""
    try:
        with transaction.atomic():
            document = Document.objects.create(**details)
    except IntegrityError as error:
        raise RuleBroken(_taken(details["title"])) from error
    record("added a document", on=document, by=by, now=now)
    _publish(document, 1, "", file, by=by, now=now)
    return document


@transaction.atomic
def change_document(
    *, document: Document, details: DocumentDetails, by: User, now: datetime
) -> Document:
    """The document is as the details say. What changes nothing leaves no trace. RuleBroken."""
    document = _locked(document)
    changed = [name for name, value in details.items() if getattr(document, name) != value]
    if not changed:
        return document
    for name in changed:
        setattr(document, name, details[name])  # type: ignore[literal-required]
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        raise RuleBroken(_taken(details["title"])) from error
    record("changed a document", on=document, by=by, now=now, fields=changed)
    return document


@transaction.atomic
def publish_document(
    *, document: Document, what_changed: str, file: Checked, by: User, now: datetime
) -> DocumentVersion:
    """The next version, which everybody is asked to read again; older ones are kept.

    The same file and words again are the version that is there. Raises RuleBroken.
    """
    document = _locked(document)
    policies.check_in_use(document)
    newest = newest_of(document)
    assert newest is not None  # noqa: S101 - a document is added with its first version
    if newest.what_changed == what_changed and _has(newest, file):
        return newest
    return _publish(document, newest.number + 1, what_changed, file, by=by, now=now)


@transaction.atomic
def add_format(
    *, version: DocumentVersion, kind: str, file: Checked, by: User, now: datetime
) -> DocumentFile:
    """The newest version in one more format. Raises RuleBroken."""
    document = _locked(version.document)
    policies.check_in_use(document)
    newest = newest_of(document)
    assert newest is not None  # noqa: S101 - a document is added with its first version
    there = newest.files.filter(format=kind).exists()
    check_format(is_newest=version == newest, is_there=there)
    made = _keep(version, kind, file)
    record("added a format of a document", on=version, by=by, now=now)
    return made


@transaction.atomic
def withdraw_document(
    *, document: Document, is_withdrawn: bool, by: User, now: datetime
) -> Document:
    """Nobody is asked to read it any more, or they are again. It is kept either way."""
    document = _locked(document)
    if document.is_withdrawn != is_withdrawn:
        document.is_withdrawn = is_withdrawn
        document.save(update_fields=["is_withdrawn"])
        action = "withdrew a document" if is_withdrawn else "put a document back"
        record(action, on=document, by=by, now=now)
    return document


@transaction.atomic
def record_reading(
    *,
    version: DocumentVersion,
    reviewer: Reviewer,
    read_on: date,
    how: How,
    by: User,
    now: datetime,
) -> Reading:
    """The person has read the newest version; saying so again changes nothing. RuleBroken."""
    document = _locked(version.document)
    policies.check_in_use(document)
    newest = newest_of(document)
    assert newest is not None  # noqa: S101 - a document is added with its first version
    policies.check_can_read(version, newest)
    policies.check_reader(reviewer, read_on, today=localdate(now))
    reading, is_new = Reading.objects.get_or_create(
        version=version,
        reviewer=reviewer,
        defaults={"read_on": read_on, "how": how, "recorded_by": by},
    )
    if is_new:
        record("read a document", on=reading, by=by, now=now, about=reviewer.pk)
    return reading


def newest_of(document: Document) -> DocumentVersion | None:
    """The version that people read."""
    return document.versions.order_by("-number").first()


def _publish(
    document: Document, number: int, what_changed: str, file: Checked, *, by: User, now: datetime
) -> DocumentVersion:
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        what_changed=what_changed,
        published_at=now,
        published_by=by,
    )
    _keep(version, Format.STANDARD, file)
    record("published a version of a document", on=version, by=by, now=now)
    return version


def _keep(version: DocumentVersion, kind: str, file: Checked) -> DocumentFile:
    return DocumentFile.objects.create(version=version, format=kind, **file.columns())


def _has(version: DocumentVersion, file: Checked) -> bool:
    there = version.files.filter(format=Format.STANDARD, name=file.name).first()
    return there is not None and bytes(there.content) == file.content


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _taken(title: str) -> str:
    return f"There is already a document called {title}. Publish a new version of it."
