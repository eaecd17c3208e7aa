"""Trusts side by side: which differ by more than chance explains. No order by value, ever. Pure."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from insights.numbers import Share
from insights.spc import FunnelLimits, funnel_limits
from nhsuk.words import in_words

OWN = "This trust"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Says(enum.StrEnum):
    """What the limits say of one trust."""

    INSIDE = "Chance can explain it"
    NEAR = "May be chance: it does this to 1 trust in 20"
    ABOVE = "Higher than chance explains"
    BELOW = "Lower than chance explains"
    NOTHING = "Nothing to show"

    @property
    def is_news(self) -> bool:
        """Whether it is more than chance."""
        return self in {Says.ABOVE, Says.BELOW}


@dataclass(frozen=True)
class Trust:
    """One trust's share; None where it is hidden or was not counted."""

    name: str
    share: Share | None
    is_own: bool = False


@dataclass(frozen=True)
class Row:
    """A trust in the table, with the letter by which it stands in the chart."""

    letter: str
    trust: Trust
    says: Says


@dataclass(frozen=True)
class Funnel:
    """Shares of several trusts around the mean of all of them together."""

    rows: Sequence[Row]
    pooled: Share
    mean: float | None

    def limits(self, size: int) -> FunnelLimits:
        """How far chance alone could take a trust of this size."""
        return funnel_limits(self.mean or 0.0, size)

    @property
    def finding(self) -> str:
        """What the funnel says, in a sentence."""
        shown = [row for row in self.rows if row.says != Says.NOTHING]
        if self.mean is None:
            return "There are too few trusts with figures to compare"
        higher = [row.trust.name for row in shown if row.says == Says.ABOVE]
        lower = [row.trust.name for row in shown if row.says == Says.BELOW]
        said = [
            f"{in_words(names)} {'is' if len(names) == 1 else 'are'} {words} than chance explains"
            for names, words in ((higher, "higher"), (lower, "lower"))
            if names
        ]
        if said:
            return "; ".join(said)
        return f"Chance alone can explain the differences between these {len(shown)} trusts"


def funnel(trusts: Sequence[Trust]) -> Funnel:
    """The funnel of these trusts, this one first and the others by name.

    A trust without anything counted stands in the table alone. Fewer than two: nothing to compare.
    """
    ordered = sorted(trusts, key=lambda trust: (not trust.is_own, trust.name.casefold()))
    shares = [trust.share for trust in ordered if trust.share and trust.share.denominator]
    pooled = Share(
        sum(share.numerator for share in shares), sum(share.denominator for share in shares)
    )
    mean = pooled.numerator / pooled.denominator if len(shares) > 1 else None
    return Funnel(
        [
            Row(_letter(place), trust, _says(trust.share, mean))
            for place, trust in enumerate(ordered)
        ],
        pooled,
        mean,
    )


def _letter(place: int) -> str:
    """A to Z, then AA: a region has more than 26 trusts."""
    before, last = divmod(place, len(LETTERS))
    return (LETTERS[before - 1] if before else "") + LETTERS[last]


def _says(share: Share | None, mean: float | None) -> Says:
    if share is None or not share.denominator or mean is None:
        return Says.NOTHING
    limits = funnel_limits(mean, share.denominator)
    value = share.numerator / share.denominator
    if value > limits.far_upper:
        return Says.ABOVE
    if value < limits.far_lower:
        return Says.BELOW
    is_inside = limits.near_lower <= value <= limits.near_upper
    return Says.INSIDE if is_inside else Says.NEAR
