"""Is it chance, or has coverage changed? What the control charts say, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from django.db.models import Exists, OuterRef

from insights.numbers import Share
from insights.queries import ALL, Chosen
from insights.spc import Chart, Kind, g_chart, xmr
from nhsuk.words import in_words, nhs_date
from reviews.models import Review, TeamMember

MOST_REVIEWS = 2000  # the latest; 80 years of a trust with two a month
MOST_SHOWN = 24
TARGET = 100  # percent: every review has an LXR
EVERY = "all completed reviews so far"
MOST_NAMED = 3  # of the runs that were longer than chance explains, the latest first
BETTER: Kind = "special_cause_improvement"

VARIATION: dict[Kind, str] = {
    "common_cause": "No change beyond chance",
    "special_cause_improvement": "Better than chance explains",
    "special_cause_concern": "Worse than chance explains",
}
ASSURANCE = {
    "consistent_pass": "As things are, every month reaches the aim of every review.",
    "consistent_fail": "As things are, no month can be counted on to reach the aim of every "
    "review. Something has to change.",
    "inconsistent": "As things are, reaching the aim of every review is hit or miss.",
}


@dataclass(frozen=True)
class Run:
    """Covered reviews in a row, and the miss that ended them; None: still going on."""

    covered: int
    ended_on: date | None


def runs(as_at: date, chosen: Chosen = ALL) -> tuple[list[Run], bool]:
    """Runs of covered reviews, the oldest first, the last one still going on. One query.

    And whether there are more reviews than are looked at: the oldest run, which began somewhere
    among them, is left out then.
    """
    among = {"service__directorate": chosen.directorate, "service__setting": chosen.setting}
    lxrs = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), attended=True)
    latest = (
        Review.objects.completed()
        .filter(visit_on__lte=as_at, **{name: value for name, value in among.items() if value})
        .annotate(has_lxr=Exists(lxrs))
        .order_by("-visit_on", "-pk")
        .values_list("visit_on", "has_lxr")[: MOST_REVIEWS + 1]
    )
    rows = list(latest)
    is_cut = len(rows) > MOST_REVIEWS
    found: list[Run] = []
    covered = 0
    for day, has_lxr in reversed(rows[:MOST_REVIEWS]):
        if has_lxr:
            covered += 1
        else:
            found.append(Run(covered, day))
            covered = 0
    return [*found[1 if is_cut else 0 :], Run(covered, None)], is_cut


@dataclass(frozen=True)
class Misses:
    """The g-chart of the runs that have ended, and the one that goes on."""

    runs: Sequence[Run]
    chart: Chart
    now: int
    is_cut: bool = False

    @property
    def over(self) -> str:
        """Of which reviews this is."""
        return f"the latest {MOST_REVIEWS:,} completed reviews" if self.is_cut else EVERY

    @property
    def upper(self) -> float | None:
        """A run longer than this is more than chance."""
        return self.chart.points[-1].upper if self.chart.points else None

    @property
    def is_better(self) -> bool:
        """Whether the run that goes on is already longer than chance explains."""
        return self.upper is not None and self.now > self.upper

    @property
    def finding(self) -> str:
        """What the chart says: of the run that goes on, and of every one that is marked in it."""
        so_far = f"{_in_a_row(self.now)} so far"
        if not self.chart.points:
            if self.is_cut:
                return f"Too few reviews without an LXR in {self.over}: {so_far}"
            if not self.now:
                return "No completed review yet"
            return f"No review without an LXR yet: {so_far}"
        marked = [
            f"{_in_a_row(run.covered)} until {nhs_date(run.ended_on)}"
            for run, point in zip(self.runs, self.chart.points, strict=True)
            if run.ended_on is not None and point.kind == BETTER
        ]
        latest = marked[: -MOST_NAMED - 1 : -1]
        if self.is_better:
            return f"{VARIATION[BETTER]}: {in_words([so_far, *latest])}"
        if latest:
            return f"{VARIATION[BETTER]}: {in_words(latest)}. Now {so_far}"
        return f"{VARIATION['common_cause']}: {so_far}"


def _in_a_row(covered: int) -> str:
    return f"{covered:,} covered review{'' if covered == 1 else 's'} in a row"


def misses(as_at: date, chosen: Chosen = ALL) -> Misses:
    """Covered reviews between misses: the chart that can signal when reviews are few."""
    found, is_cut = runs(as_at, chosen)
    ended = [run for run in found if run.ended_on is not None]
    return Misses(ended, g_chart([run.covered for run in ended]), found[-1].covered, is_cut)


@dataclass(frozen=True)
class Month:
    """A month's coverage, and what its point says; empty where there was no review."""

    month: date
    coverage: Share
    says: str

    @property
    def is_news(self) -> bool:
        """Whether the month moved by more than chance."""
        return self.says not in {"", VARIATION["common_cause"]}


@dataclass(frozen=True)
class Monthly:
    """The XmR chart of monthly coverage in percent."""

    months: Sequence[Month]
    chart: Chart

    @property
    def finding(self) -> str:
        """What the latest month with a review says."""
        said = [month for month in self.months if month.says]
        if not said:
            return "No completed review in these months"
        return f"{said[-1].says} in {said[-1].month:%B %Y}"

    @property
    def assurance(self) -> str:
        """What the limits say of the aim, every review."""
        return ASSURANCE[self.chart.assurance] if self.chart.assurance else ""


def monthly(by_month: Sequence[tuple[date, Share]]) -> Monthly:
    """Coverage by month as an XmR chart, from the first month with a review on.

    Months without reviews after it stay as gaps.
    """
    by_month = list(dropwhile(lambda each: not each[1].denominator, by_month))
    values = [
        Decimal(100 * share.numerator) / share.denominator if share.denominator else None
        for _, share in by_month
    ]
    chart = xmr(values, target=TARGET)
    if any(point.upper is not None and point.upper == point.mean for point in chart.points):
        # Nearly every month is alike, so screening left no movement at all: see ADR 19.
        chart = xmr(values, target=TARGET, screen_outliers=False)
    months = [
        Month(month, share, VARIATION[point.kind] if point.kind else "")
        for (month, share), point in zip(by_month, chart.points, strict=True)
    ]
    return Monthly(months, chart)
