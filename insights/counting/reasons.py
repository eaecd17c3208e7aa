"""Why no LXR took part: the reasons, and the counts that hold them."""

from insights.counting.counts import Counts
from reviews.models import Review

Reason = Review.GapReason

REASONS: dict[Reason, str] = {
    Reason.NEVER_ASKED: "missed_never_asked",
    Reason.NONE_COULD_GO: "missed_none_could_go",
    Reason.CHECKS_OR_ACCESS: "missed_checks_or_access",
    Reason.NOBODY_AVAILABLE: "missed_nobody_available",
    Reason.DECLINED: "missed_declined",
    Reason.WITHDREW: "missed_withdrew",
    Reason.REFUSED: "missed_refused",
    Reason.OTHER: "missed_other",
    Reason.NOT_RECORDED: "missed_not_recorded",
}
"""Each reason, and the field of ``Counts`` that counts it."""


def missed_by_reason(counts: Counts) -> dict[Reason, int]:
    """How many reviews were missed for each reason. They add up to all that were missed."""
    return {reason: getattr(counts, name) for reason, name in REASONS.items()}


def told_by_reason(counts: Counts, *, hides_checks: bool) -> dict[Reason, int]:
    """The same as it may be told. Where checks are hidden, what names them joins "other"."""
    found = missed_by_reason(counts)
    if hides_checks:
        found[Reason.OTHER] += found.pop(Reason.CHECKS_OR_ACCESS)
    return found


def missed_field(reason: str) -> str:
    """The field that counts a review's reason; one that is none is not recorded."""
    return REASONS.get(reason, REASONS[Reason.NOT_RECORDED])  # type: ignore[call-overload, no-any-return]
