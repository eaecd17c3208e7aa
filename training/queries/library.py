"""Reads about the library: for staff, and what the person who is signed in has to read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from reviewers.models import Reviewer
from training.library_policies import READERS
from training.models import Document, DocumentFile, DocumentVersion, Place, Reading, Session

MustRead = Document.MustRead


def _is_trained(path: str) -> Exists:
    """The condition that the person at ``path`` attended what makes someone trained."""
    return Exists(
        Place.objects.filter(
            reviewer=OuterRef(path),
            outcome=Place.Outcome.ATTENDED,
            session__kind__in=Session.CONFERRING,
            session__is_cancelled=False,
        )
    )


def who_must(must_read: str) -> QuerySet[Reviewer]:
    """The people who have to read what is marked so."""
    people = Reviewer.objects.filter(stage__in=READERS)
    if must_read == MustRead.EVERYONE:
        return people
    return people.filter(_is_trained("pk")) if must_read == MustRead.TRAINED else people.none()


def _newest() -> QuerySet[DocumentVersion]:
    later = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number")
    )
    return DocumentVersion.objects.filter(~Exists(later))


@dataclass(frozen=True)
class Row:
    """A document's newest version and its files; how many have read it of those who must."""

    newest: DocumentVersion
    files: list[DocumentFile]
    read: int
    must: int

    @property
    def document(self) -> Document:
        """What there is to read."""
        return self.newest.document


def rows(document: Document | None = None) -> list[Row]:
    """Every document by title, withdrawn ones last; or one alone. Three queries."""
    versions = _newest() if document is None else _newest().filter(document=document)
    files: dict[int, list[DocumentFile]] = {}
    found = (
        DocumentFile.objects.defer("content")
        .filter(version__in=versions.values("pk"))
        .select_related("version__document")
        .order_by("version__document__is_withdrawn", "version__document__title", "version_id", "pk")
    )
    for each in found:
        files.setdefault(each.version_id, []).append(each)
    trained = Count("pk", filter=Q(is_trained=True))
    must = (
        Reviewer.objects.filter(stage__in=READERS)
        .annotate(is_trained=_is_trained("pk"))
        .aggregate(everyone=Count("pk"), trained=trained)
    )
    readings = (
        Reading.objects.filter(version__in=list(files), reviewer__stage__in=READERS)
        .annotate(is_trained=_is_trained("reviewer"))
        .order_by()
        .values("version")
        .annotate(everyone=Count("pk"), trained=trained)
    )
    read: dict[int, Any] = {each["version"]: each for each in readings}
    return [
        Row(
            some[0].version,
            some,
            read.get(pk, {}).get(some[0].version.document.must_read, 0),
            must.get(some[0].version.document.must_read, 0),
        )
        for pk, some in files.items()
    ]


def newest(document: Document) -> DocumentVersion:
    """Of a document whose versions were loaded, the newest first."""
    return document.versions.all()[0]


def documents() -> QuerySet[Document]:
    """Every document by title, with its versions and their files. Three queries."""
    files = Prefetch("files", DocumentFile.objects.defer("content").order_by("pk"))
    versions = DocumentVersion.objects.select_related("published_by").order_by("-number")
    return Document.objects.prefetch_related(
        Prefetch("versions", versions.prefetch_related(files))
    ).order_by("title", "pk")


def get_document(pk: int) -> Document | None:
    """One document with its versions and their files."""
    return documents().filter(pk=pk).first()


def still_to_read(document: Document) -> QuerySet[Reviewer]:
    """Who has to read its newest version and has not."""
    read = Reading.objects.filter(version=newest(document), reviewer=OuterRef("pk"))
    return who_must(document.must_read).filter(~Exists(read))


def get_file(pk: int) -> DocumentFile | None:
    """One file with its content, for staff."""
    return DocumentFile.objects.filter(pk=pk).first()


@dataclass(frozen=True)
class Own:
    """A document as one person sees it: whether they must read it, and what they read last."""

    document: Document
    has_to: bool
    last_read: int | None

    @property
    def newest(self) -> DocumentVersion:
        """What there is to read."""
        return newest(self.document)

    @property
    def is_read(self) -> bool:
        """Whether they have read the newest version."""
        return self.last_read == self.newest.number

    @property
    def is_to_read(self) -> bool:
        """Whether we ask them to read it now."""
        return self.has_to and not self.is_read


def for_person(reviewer: Reviewer) -> list[Own]:
    """What there is to read for the person, what they have to read first. Five queries."""
    has_to = _has_to(reviewer)
    readings = Reading.objects.filter(reviewer=reviewer).order_by("version__number")
    # The latest one stands where there are several.
    read = dict(readings.values_list("version__document", "version__number"))
    found = [
        Own(each, each.must_read in has_to, read.get(each.pk))
        for each in documents().filter(is_withdrawn=False)
    ]
    return sorted(found, key=lambda own: not own.is_to_read)


def _has_to(reviewer: Reviewer) -> set[str]:
    people = Reviewer.objects.filter(pk=reviewer.pk, stage__in=READERS)
    is_trained = people.annotate(is_trained=_is_trained("pk")).values_list("is_trained", flat=True)
    found = is_trained.first()
    if found is None:
        return set()
    return {MustRead.EVERYONE, MustRead.TRAINED} if found else {MustRead.EVERYONE}


def to_read_by(reviewer: Reviewer) -> QuerySet[DocumentVersion]:
    """What the person still has to read. One query."""
    if reviewer.stage not in READERS:
        return DocumentVersion.objects.none()
    is_trained = Exists(Reviewer.objects.filter(pk=reviewer.pk).filter(_is_trained("pk")))
    return (
        _newest()
        .filter(
            Q(document__must_read=MustRead.EVERYONE)
            | Q(document__must_read=MustRead.TRAINED) & is_trained,
            ~Exists(Reading.objects.filter(version=OuterRef("pk"), reviewer=reviewer)),
            document__is_withdrawn=False,
        )
        .select_related("document")
        .order_by("document__title")
    )


def own_document(reviewer: Reviewer, pk: int) -> Own | None:
    """One of them."""
    return next((each for each in for_person(reviewer) if each.document.pk == pk), None)


def own_file(reviewer: Reviewer, pk: int) -> DocumentFile | None:
    """A file of a newest version, or of one that the person has read."""
    later = DocumentVersion.objects.filter(
        document=OuterRef("version__document"), number__gt=OuterRef("version__number")
    )
    is_newest = Q(version__document__is_withdrawn=False) & ~Exists(later)
    was_read = Exists(Reading.objects.filter(version=OuterRef("version"), reviewer=reviewer))
    return DocumentFile.objects.filter(is_newest | was_read, pk=pk).first()


def get_reader(pk: int) -> Reviewer | None:
    """Somebody for whom a reading is recorded."""
    return Reviewer.objects.filter(pk=pk).first()


def own_reader(user: User) -> Reviewer | None:
    """The person who is signed in."""
    return Reviewer.objects.filter(user=user).first()
