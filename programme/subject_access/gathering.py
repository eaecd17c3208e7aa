"""Everything held on one person, gathered from every part, and nothing on anyone else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.models import Event
from programme.subject_access.others import named_in, own_words, without
from programme.subject_access.part import Part, Value
from programme.subject_access.parts import PARTS
from reviewers.models import Enquiry, Reviewer

Row = dict[str, Value]
Found = list[tuple[Part, list[Row]]]


@dataclass(frozen=True)
class Gathered:
    """The rows of each part, in the order of the parts. Parts without a row are there too."""

    name: str
    reference: str
    parts: tuple[tuple[Part, list[Row]], ...]


def everything_on(person: Reviewer) -> Gathered:
    """Gather everything. A fixed number of queries for each part."""
    found = [(part, _rows(part, part.rows(person))) for part in PARTS]
    others = named_in(_words(found), person=person, own=own_words(person))
    return Gathered(str(person), person.reference, _without(found, others))


def everything_of_enquiries(enquiries: Sequence[Enquiry]) -> Gathered:
    """Everything on somebody of whom there is nothing but what they sent on the public page."""
    events = Event.objects.filter(
        object_type=Enquiry._meta.label_lower, object_id__in=[str(each.pk) for each in enquiries]
    )
    rows: dict[str, Iterable[Any]] = {"reviewers.enquiry": enquiries, "audit.event": events}
    found = [(part, _rows(part, rows[part.model])) for part in PARTS if part.model in rows]
    first = enquiries[0]
    own = [word for each in enquiries for word in (each.name, each.contact)]
    others = named_in(_words(found), person=None, own=own)
    return Gathered(first.name, str(first), _without(found, others))


def _rows(part: Part, rows: Iterable[Any]) -> list[Row]:
    return [part.row(each) for each in rows]


def _words(found: Found) -> Iterator[str]:
    for part, rows in found:
        for row in rows:
            for name in part.free_text:
                yield str(row[name] or "")


def _without(found: Found, others: frozenset[str]) -> tuple[tuple[Part, list[Row]], ...]:
    return tuple((part, [_clean(part, row, others) for row in rows]) for part, rows in found)


def _clean(part: Part, row: Row, others: frozenset[str]) -> Row:
    return {
        name: without(value, others) if name in part.free_text and isinstance(value, str) else value
        for name, value in row.items()
    }
