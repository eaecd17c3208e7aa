"""The rules by which a point is more than chance; they see numbers without rounding."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from insights.spc.chart import SpecialCause

RUN = 7  # points in a shift or a trend

OUTSIDE: dict[int, SpecialCause] = {1: "Above UCL", -1: "Below LCL"}
TREND: dict[int, SpecialCause] = {
    1: "7 Point Trend (Increasing)",
    -1: "7 Point Trend (Decreasing)",
}
TWO_OF_THREE: dict[int, SpecialCause] = {1: "2 in 3 Above CL", -1: "2 in 3 Below CL"}
SHIFT: dict[int, SpecialCause] = {1: "7 Points Above CL", -1: "7 Points Below CL"}


def sign(number: int | Fraction) -> int:
    """1 above nothing, -1 below, 0 for nothing."""
    return (number > 0) - (number < 0)


def special_causes(
    values: Sequence[int | Fraction],
    sides: Sequence[int],
    outside: Sequence[bool],
    near: Sequence[bool],
) -> list[SpecialCause]:
    """What made each point of one group, by the first rule that applies.

    1. The point is outside the limits.
    2. It is part of 7 consecutive rises or falls: 6 equal-signed differences. A tie breaks them.
       The point on which a rise turns into a fall belongs to the later one.
    3. It is one of two out of three between the near and the outer limit, all three on one side
       of the mean.
    4. It is part of 7 consecutive points on one side of the mean. A point on the mean breaks them.

    ``sides`` says above (1), on (0) or below (-1) the mean, ``outside`` beyond a limit, ``near``
    between the near limit and the limit. Source: NHS England, Making Data Count, "Strengthening
    your decisions"; the order is that of the package NHSRplotthedots.
    """
    causes: list[SpecialCause] = ["Common Cause"] * len(values)
    # The last rule first, so that an earlier one overwrites it.
    for side, start, end in _runs(sides):
        if side and end - start >= RUN:
            causes[start:end] = [SHIFT[side]] * (end - start)
    for index in _two_of_three(sides, near):
        causes[index] = TWO_OF_THREE[sides[index]]
    for step, start, end in _runs(sign(after - before) for before, after in pairwise(values)):
        if step and end - start >= RUN - 1:
            causes[start : end + 1] = [TREND[step]] * (end + 1 - start)
    for index, is_outside in enumerate(outside):
        if is_outside:
            causes[index] = OUTSIDE[sides[index]]
    return causes


def _runs(signs: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Each stretch of equal signs: the sign, its first place, the place after its last."""
    start = 0
    for value, stretch in groupby(signs):
        end = start + sum(1 for _ in stretch)
        yield value, start, end
        start = end


def _two_of_three(sides: Sequence[int], near: Sequence[bool]) -> Iterator[int]:
    for first in range(len(sides) - 2):
        if sum(near[first : first + 3]) > 1 and abs(sum(sides[first : first + 3])) == 3:
            yield from (index for index in range(first, first + 3) if near[index])
