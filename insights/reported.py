"""Figures as first reported: what was stored of a month, and what it is now."""

from dataclasses import dataclass
from datetime import date, datetime

from insights.figures import MISSED_BY_REASON, MONTHLY_FIGURES, PEOPLE_FIGURES, AnyFigure
from insights.models import Snapshot
from insights.numbers import Rating, Value
from insights.periods import Period
from organisation.models import Directorate


@dataclass(frozen=True)
class Reported:
    """One month of a figure: as first stored, as stored last, and how often it was revised."""

    month: date
    first: Value
    first_at: datetime
    first_definition: int
    newest: Value
    newest_at: datetime
    definition: int
    revisions: int

    @property
    def is_revised(self) -> bool:
        """Whether it was ever another."""
        return self.revisions > 0


def figures_for(*, hides_small: bool) -> list[AnyFigure]:
    """The figures that are kept, as far as this user may compare them.

    The difference of two numbers of people, or of two means of few ratings, can be one person; and
    a reason may name checks.
    """
    every: list[AnyFigure] = [*MONTHLY_FIGURES, *PEOPLE_FIGURES]
    if not hides_small:
        return every
    hidden = {each.key for each in every if each.is_about_people or each.kind is Rating}
    hidden |= {each.key for each in MISSED_BY_REASON}
    return [each for each in every if each.key not in hidden]


def reported(
    figure: AnyFigure, period: Period, directorate: Directorate | None = None
) -> list[Reported]:
    """Every month of the period that is stored, in order. One query.

    A definition that has changed counts as a revision: what was first reported stays what it was.
    """
    rows = Snapshot.objects.filter(
        figure=figure.key, month__gte=period.since, month__lte=period.until, directorate=directorate
    ).order_by("month", "definition", "number")
    by_month: dict[date, list[Snapshot]] = {}
    for row in rows:
        by_month.setdefault(row.month, []).append(row)
    return [
        Reported(
            month,
            figure.kind.of_parts(kept[0].numerator, kept[0].denominator),
            kept[0].taken_at,
            kept[0].definition,
            figure.kind.of_parts(kept[-1].numerator, kept[-1].denominator),
            kept[-1].taken_at,
            kept[-1].definition,
            len(kept) - 1,
        )
        for month, kept in by_month.items()
    ]
