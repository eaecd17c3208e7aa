"""The latest forecast, for its page."""

from dataclasses import dataclass
from datetime import date, datetime

from insights.forecast.findings import Findings, from_kept
from insights.models import Forecast


@dataclass(frozen=True)
class Latest:
    """What was found, as at which day, and when it was worked out."""

    as_at: date
    made_at: datetime
    findings: Findings


def latest_forecast() -> Latest | None:
    """The latest forecast; None where none was made yet, or in another form than today's."""
    made = Forecast.objects.first()
    if made is None:
        return None
    findings = from_kept(made.found)
    if findings is None:
        return None
    return Latest(made.as_at, made.made_at, findings)
