"""What a partner's file must be before its figures are kept."""

from datetime import datetime, timedelta

from insights.partnership.content import Content
from insights.partnership.models import PartnerFigures
from rules import RuleBroken

CLOCKS_DIFFER = timedelta(hours=1)


def check_is_written(content: Content, *, now: datetime) -> None:
    """A file of tomorrow would stand in the way of every true one. Raises RuleBroken."""
    if content.written_at > now + CLOCKS_DIFFER:
        raise RuleBroken(
            "The file says that it was written in the future. Ask the trust to look at its "
            "portal’s clock and write the file again."
        )


def check_is_newer(content: Content, kept: PartnerFigures | None) -> None:
    """A file takes the place of an older one alone. Raises RuleBroken."""
    if kept is not None and content.written_at <= kept.written_at:
        raise RuleBroken(
            f"You have a newer file of {kept.partner} for these months already. It stays."
        )
