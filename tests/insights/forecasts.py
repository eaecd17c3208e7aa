"""Forecasts as they are kept, for tests of what is shown."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from insights.forecast.chances import Answers, Tally
from insights.forecast.findings import Findings, Lead, Usual, as_kept
from insights.forecast.needs import Need
from insights.forecast.outlook import DirectorateOutlook, Outlook, Range
from insights.forecast.past import Held
from insights.models import Forecast
from tests.factories import NOW, TODAY

HELD = Held(
    on=date(2025, 11, 1),
    until=date(2026, 5, 1),
    visits=9,
    forecast=Range(5, 7, 8),
    happened=6,
    directorates=7,
    within=6,
)
NEEDS = {"likely": Need(2, 1, 1), "sure": Need(6, 4, 1), "every": Need(7, 5, 2)}
ENOUGH = {"likely": Need(2, 0, 1), "sure": Need(4, 0, 1), "every": Need(5, 0, 1)}
NEVER = {key: Need(None, None, 2) for key in NEEDS}


def outlook_of(directorate: int, *, ready: int, needs: Any = None, **values: Any) -> Any:
    """One directorate with two visits to come."""
    return DirectorateOutlook(
        **{
            "directorate": directorate,
            "visit_days": [TODAY + timedelta(days=14), TODAY + timedelta(days=90)],
            "ready": ready,
            "ready_everywhere": ready,
            "covered": Range(0, 1, 2),
            "comes": Range(50, 70, 90),
            "answers": 12,
            "own": 40,
            "needs": needs or (ENOUGH if ready > 4 else NEEDS),
            **values,
        }
    )


def findings_of(directorates: Sequence[Any], **values: Any) -> Findings:
    """A forecast of these directorates."""
    return Findings(
        **{
            "outlook": Outlook(
                visits=sum(len(each.visit_days) for each in directorates),
                ready=sum(each.ready for each in directorates),
                covered=Range(1, 2, 3),
                directorates=directorates,
            ),
            "held": [HELD],
            "steps": {each.directorate: {"readiness": 15} for each in directorates},
            "lead": Lead(Usual(None, 0), Usual(108, 36), Usual(None, 2), Usual(30, 40)),
            "answers": Answers(Tally(36, 40), Tally(35, 36), Tally(30, 35)),
            "visits_a_month": 2,
            "rest_days": 1,
            **values,
        }
    )


def keep(*directorates: Any, **values: Any) -> Forecast:
    """The forecast, kept as at today."""
    found = as_kept(findings_of(directorates, **values))
    return Forecast.objects.create(as_at=TODAY, made_at=NOW, found=found)
