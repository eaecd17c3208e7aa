"""What a chart says, in the words of the NHS-R community's package NHSRplotthedots."""

from dataclasses import dataclass
from typing import Literal, get_args

Improvement = Literal["increase", "decrease"]
SpecialCause = Literal[
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
    "Common Cause",
]
Kind = Literal["special_cause_improvement", "special_cause_concern", "common_cause"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

UPWARD: frozenset[SpecialCause] = frozenset(
    {"Above UCL", "7 Point Trend (Increasing)", "2 in 3 Above CL", "7 Points Above CL"}
)
FEWEST_FOR_LIMITS = 13  # values; Making Data Count calls the limits of fewer "trial limits"


@dataclass(frozen=True, slots=True)
class Point:
    """One value in its place, with the lines that run past it, all in the unit of the values.

    A month without reviews has no ``value``, ``special_cause`` or ``kind``, yet the lines run past
    it. A line that does not exist there is None.
    """

    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    special_cause: SpecialCause | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Chart:
    """The points in the order of the values, and what they say together.

    ``assurance`` is whether the latest limits lie on the good side of the target: None without a
    target or without a value. ``is_trial``: the latest limits stand on fewer than 13 values and
    may still move.
    """

    points: tuple[Point, ...]
    assurance: Assurance | None
    is_trial: bool


def check_improvement(improvement: str) -> None:
    """Raises ValueError for a direction that there is not."""
    if improvement not in get_args(Improvement):
        message = f'Improvement is an "increase" or a "decrease", not {improvement!r}.'
        raise ValueError(message)


def kind_of(cause: SpecialCause, improvement: Improvement) -> Kind:
    """Whether what made the point is good news, bad news or chance."""
    if cause == "Common Cause":
        return "common_cause"
    is_good = (cause in UPWARD) == (improvement == "increase")
    return "special_cause_improvement" if is_good else "special_cause_concern"
