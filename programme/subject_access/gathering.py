"""Everything held on one person, gathered from every part, and nothing on anyone else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programme.subject_access.others import named_in, without
from programme.subject_access.part import Part, Value
from programme.subject_access.parts import PARTS
from reviewers.models import Reviewer

Row = dict[str, Value]


@dataclass(frozen=True)
class Gathered:
    """The rows of each part, in the order of the parts. Parts without a row are there too."""

    person: Reviewer
    parts: tuple[tuple[Part, list[Row]], ...]


def everything_on(person: Reviewer) -> Gathered:
    """Gather everything. A fixed number of queries for each part."""
    found = [(part, [part.row(each) for each in part.rows(person)]) for part in PARTS]
    others = named_in(_words(found), person=person)
    return Gathered(
        person,
        tuple((part, [_clean(part, row, others) for row in rows]) for part, rows in found),
    )


def _words(found: Iterable[tuple[Part, list[Row]]]) -> Iterator[str]:
    for part, rows in found:
        for row in rows:
            for name in part.free_text:
                yield str(row[name] or "")


def _clean(part: Part, row: Row, others: frozenset[str]) -> Row:
    return {
        name: without(value, others) if name in part.free_text and isinstance(value, str) else value
        for name, value in row.items()
    }
