"""Since when somebody who is not ready has been with the checks team.

For whoever was ready before, it is the day after the last on which they were, whatever ended it;
for whoever never was, the day of their latest application: the same for a slow certificate, a
pending decision and a refusal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce

from checks.models import DBSCheck, RiskAssessment
from organisation.models import TrustSettings

DAY = timedelta(days=1)


@dataclass
class _Days:
    """What the days of one person's checks say."""

    begun: date
    waiting: list[date] = field(default_factory=list)
    counted_until: list[date] = field(default_factory=list)

    def since(self, on: date) -> date:
        """The day on which they began to wait."""
        ended = max(self.counted_until, default=date.max)
        lapsed = [ended + DAY] if ended < on else []
        return min([*self.waiting, *lapsed], default=self.begun)


def waiting_since(people: Iterable[int], *, on: date, trust: TrustSettings) -> dict[int, date]:
    """The day on which each of these people, by id, began to wait. One query.

    Who has no check at all is not in it.
    """
    rows = (
        DBSCheck.objects.filter(reviewer__in=list(people))
        .annotate(
            begun=Coalesce("applied_on", "asked_on"),
            in_force=FilteredRelation("assessments", condition=Q(assessments__is_in_force=True)),
        )
        .order_by("begun", "pk")
        .values_list(
            "reviewer_id", "begun", "waiting_since", "result", "status_result", "renewal_due_on",
            "in_force__decision", "in_force__is_missing_conditions", "in_force__approved_until",
        )
    )  # fmt: skip
    found: dict[int, _Days] = {}
    for person, begun, waiting, result, status, due_on, decision, is_missing, until in rows:
        days = found.setdefault(person, _Days(begun))
        days.begun = begun  # of several the latest, as they stand in order
        if waiting is not None:
            days.waiting.append(waiting)
        is_allowed = decision in RiskAssessment.ALLOWING and not is_missing
        counts = result == DBSCheck.Result.CLEAR or is_allowed
        if counts and status != DBSCheck.Status.CHANGED:
            days.counted_until.append(min(until or date.max, _lapses(due_on, trust)))
    return {person: days.since(on) for person, days in found.items()}


def _lapses(due_on: date | None, trust: TrustSettings) -> date:
    """The last day on which a check counts, by the day its renewal is due."""
    if due_on is None or trust.renewal_blocks_from is None:
        return date.max
    return max(due_on, trust.renewal_blocks_from - DAY)
