"""References of new reviews, in the way that the newest one is written. Pure."""

import re
from collections.abc import Collection, Iterator
from itertools import count

SHAPE = re.compile(r"(.*?)(\d{1,9})")
FIRST = "R-001"


def following(newest: str, taken: Collection[str]) -> Iterator[str]:
    """References after the newest one, those that are taken left out.

    >>> found = following("IL-099", {"IL-101"})
    >>> next(found), next(found)
    ('IL-100', 'IL-102')
    """
    found = SHAPE.fullmatch(newest)
    if found is None:
        newest = FIRST
        found = SHAPE.fullmatch(FIRST)
        assert found is not None  # noqa: S101 - it has a number
        if FIRST not in taken:
            yield FIRST
    prefix, number = found[1], found[2]
    for each in count(int(number) + 1):
        reference = f"{prefix}{each:0{len(number)}d}"
        if reference not in taken:
            yield reference
