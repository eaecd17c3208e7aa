"""Two things measured in turn, A B A B …, so that a drifting machine moves both alike."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connections
from django.test.utils import CaptureQueriesContext

ROUNDS = 15


@dataclass(frozen=True)
class Ratio:
    """What one costs in units of the other: the median of the ratios pair by pair."""

    ratio: float
    lowest: float
    highest: float
    milliseconds: float
    queries: int


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def queries_of(work: Callable[[], object]) -> int:
    """How many SQL queries it costs, whichever database they go to."""
    with ExitStack() as stack:
        places = {id(each): each for each in connections.all()}.values()
        captured = [stack.enter_context(CaptureQueriesContext(each)) for each in places]
        work()
    return sum(map(len, captured))


def compare(
    work: Callable[[], object],
    unit: Callable[[], object],
    rounds: int = ROUNDS,
    warm_ups: int = 2,
) -> Ratio:
    """The cost of ``work`` in units of ``unit``, after a warm-up of both."""
    for _ in range(warm_ups):
        work()
        unit()
    pairs = [(_seconds(work), _seconds(unit)) for _ in range(rounds)]
    ratios = [a / b for a, b in pairs]
    return Ratio(
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        milliseconds=median(a for a, _ in pairs) * 1000,
        queries=queries_of(work),
    )


@contextmanager
def at(place: str) -> Iterator[None]:
    """Everything inside asks the database of that name in place of the region's."""
    region = connections["default"]
    connections["default"] = connections[place]
    try:
        yield
    finally:
        connections["default"] = region


def work_at(place: str, work: Callable[[], object]) -> Callable[[], object]:
    """The same work, there."""

    def work_there() -> object:
        with at(place):
            return work()

    return work_there
