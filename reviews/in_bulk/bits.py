"""Sets of people as whole numbers: bit 3 says whether whoever has place 3 is in the set.

Thousands of people are one number, and "who may go, is free that day and has room" is two
operations on it.
"""

from collections.abc import Iterable, Iterator


def bits_of(places: Iterable[int]) -> int:
    """The set of these places."""
    found = 0
    for place in places:
        found |= 1 << place
    return found


def places_in(bits: int) -> Iterator[int]:
    """The places in the set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def lowest_in(bits: int) -> int:
    """The lowest place in a set that is not empty."""
    return (bits & -bits).bit_length() - 1
