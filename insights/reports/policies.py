"""When a board report may change, and when it may be approved. Pure."""

from insights.reports.content import Content
from insights.reports.models import BoardReport
from rules import RuleBroken

MOST_QUOTES = 12


def check_is_draft(report: BoardReport) -> None:
    """Raises RuleBroken for one that was approved: it stays as it is for ever."""
    if not report.is_draft:
        message = "This report is approved, so it cannot change. You can start another one."
        raise RuleBroken(message)


def check_can_be_approved(report: BoardReport, content: Content | None) -> Content:
    """The content that would be approved. Raises RuleBroken with what is still missing."""
    check_is_draft(report)
    if content is None:
        message = "The figures are not counted yet. Wait until they are, then read the report."
        raise RuleBroken(message)
    if not report.headline.strip():
        message = "The report has no headline yet. Write what the board should know first."
        raise RuleBroken(message)
    if content.missed and not report.done.strip():
        message = (
            "Some reviews had no Lived Experience Reviewer. Write what was done about it first."
        )
        raise RuleBroken(message)
    return content


def still_to_do(report: BoardReport, content: Content | None) -> str:
    """What stands in the way of approving it, in a sentence; empty when nothing does."""
    try:
        check_can_be_approved(report, content)
    except RuleBroken as broken:
        return str(broken)
    return ""


def check_is_as_read(read: str, now: str) -> None:
    """What is approved is what was read, by its digest. Raises RuleBroken."""
    if read != now:
        message = (
            "The report has changed since you read it. Somebody changed it, or an author took "
            "back their words. Nothing was approved. Read it again."
        )
        raise RuleBroken(message)


def check_can_add_quote(number: int) -> None:
    """Raises RuleBroken where a report has as many quotes as anybody reads."""
    if number >= MOST_QUOTES:
        message = f"A report has {MOST_QUOTES} quotes at most. Take one out first."
        raise RuleBroken(message)
