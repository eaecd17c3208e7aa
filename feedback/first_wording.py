"""What version 1 of each form asks. It is in use until a quality lead publishes another one.

Answers point at these questions, so they never change here: make a new version on the pages.
"""

from typing import NamedTuple


class Asked(NamedTuple):
    """One question. A rating says what 0, 5 and 10 mean."""

    kind: str
    words: str
    help: str = ""
    low: str = ""
    middle: str = ""
    high: str = ""


_WORDS = Asked(
    "text",
    "Is there anything you want to say about it?",
    "Please write about the role, and do not name anyone.",
)
_HOW_WELL = ("not at all", "partly", "very well")

FIRST: dict[str, tuple[Asked, ...]] = {
    "team": (
        Asked(
            "impact",
            "How much did the Lived Experience Reviewer add to this visit?",
            "", "nothing", "something", "a great deal",
        ),
        _WORDS,
    ),
    "quality": (
        Asked(
            "impact",
            "How much did the Lived Experience Reviewer add to your team’s work?",
            "", "nothing", "something", "a great deal",
        ),
        _WORDS,
    ),
    "lxr": (
        Asked("support_in_training", "How well did training prepare you?", "", *_HOW_WELL),
        Asked("support_on_visit", "How well were you supported on the visit?", "", *_HOW_WELL),
        Asked(
            "support_after_visit", "How well were you supported after the visit?", "", *_HOW_WELL
        ),
        _WORDS,
    ),
}  # fmt: skip
