"""Nothing that an observer can reach differs by the ratings of fewer than 5 people."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from feedback.models import Answer
from insights.counting import Counts
from insights.figures import IMPACT_TEAM
from insights.operations import mark_differences, refresh_counts
from insights.periods import Period, add_months
from insights.queries import counts_by_month_so_far
from insights.reports.content import count
from insights.steps import steps_of, together, within
from insights.suppression import FEWEST
from organisation.models import Directorate, Service
from tests import factories as make
from tests.factories import NOW
from tests.insights.programmes import completed
from tests.insights.test_exports import as_csv, as_xlsx

MONTHS = list(Period(date(2025, 1, 1), date(2026, 6, 30)).months)


def counted(*numbers: int) -> dict[date, Counts]:
    """So many ratings in each month."""
    return {
        month: Counts(team_impact_sum=7 * number, team_rated=number)
        for month, number in zip(MONTHS, numbers, strict=False)
    }


@pytest.mark.parametrize(
    ("numbers", "steps"),
    [
        ([], []),
        ([4], []),
        ([0, 5], [(1, 1, 5)]),
        ([3, 0, 2, 0, 6], [(0, 2, 5), (4, 4, 6)]),
        ([3, 3, 0, 2, 1], [(0, 4, 9)]),  # what is left joins the last
        ([7, 1, 1, 4], [(0, 0, 7), (1, 3, 6)]),
    ],
)
def test_a_step_runs_until_it_has_five_ratings(numbers: Any, steps: Any) -> None:
    found = steps_of(IMPACT_TEAM, counted(*numbers))
    told = [(MONTHS.index(e.since), MONTHS.index(e.until), e.rating.n) for e in found]
    assert told == steps


@given(st.lists(st.integers(0, 7), max_size=9))
def test_what_two_periods_differ_in_is_nobody_or_many(numbers: list[int]) -> None:
    by_month = counted(*numbers)
    steps = steps_of(IMPACT_TEAM, by_month)
    shown = [
        {each.since for each in within(steps, Period(since, until))}
        for since, until in product(MONTHS[:9], MONTHS[:9])
    ]
    rated = {each.since: each.rating.n for each in steps}
    for one, other in product(shown, shown):
        differs = sum(rated[step] for step in one - other)
        assert differs == 0 or differs >= FEWEST
    assert sum(rated.values()) in {0, sum(numbers)}


@pytest.fixture
def few_a_month(trust: Any) -> Any:
    """Ratings of 18 months at two services, so few that any month alone would tell."""
    with time_machine.travel(NOW, tick=False):
        services = [make.ServiceFactory(setting=each) for each in ("prison", "inpatient")]
        for number, month in enumerate(MONTHS):
            for service in services[: 1 + number % 2]:
                review = completed(month + timedelta(days=2), service=service, lxr={})
                for rating in range(1 + number % 3):
                    make.AnswerFactory(
                        review=review, audience="team", impact=(number + 3 * rating) % 11
                    )
        mark_differences()
        refresh_counts()
        yield services


PERIODS = [(since, until) for since, until in product(MONTHS, MONTHS) if since <= until]


def narrowings() -> list[dict[str, Any]]:
    directorates = [{"directorate": each.pk} for each in Directorate.objects.all()]
    settings = [{"setting": each} for each in Service.Setting.values]
    both = [{**one, **other} for one, other in product(directorates, settings)]
    return [*directorates, *settings, *both]


def asked_of(since: date, until: date) -> dict[str, Any]:
    return {"since": f"{since:%Y-%m}", "until": f"{until:%Y-%m}"}


def test_no_two_sums_of_ratings_differ_by_few_whatever_is_asked_for(
    few_a_month: Any, client_as: Any
) -> None:
    observer = client_as("observer")
    found = {}
    for since, until in PERIODS:
        row = as_csv(observer, "impact", **asked_of(since, until))[1]
        if row[1] != "not shown":
            found[since, until] = int(row[2])
    for (one, number), (other, more) in product(found.items(), found.items()):
        if other[0] <= one[0] and one[1] <= other[1]:
            assert more == number or more - number >= FEWEST
    assert len(set(found.values())) > 3
    assert min(found.values()) >= FEWEST

    assert found[MONTHS[0], MONTHS[-1]] == Answer.objects.filter(audience="team").count()
    page = observer.get("/figures/", asked_of(*PERIODS[17])).context["impact"].table.rows[0]
    assert (
        page[2]
        == found[PERIODS[17]]
        == int(as_xlsx(observer, "impact", **asked_of(*PERIODS[17]))[1][2])
    )


def test_nothing_is_shown_of_a_part_of_the_programme_and_one_distribution_for_all(
    few_a_month: Any, client_as: Any
) -> None:
    observer = client_as("observer")
    distributions = set()
    for (since, until), narrowed in product(PERIODS[::20], [{}, *narrowings()]):
        asked = {**asked_of(since, until), **narrowed}
        if narrowed:
            assert as_csv(observer, "impact", **asked)[1][1] in {"not shown", ""}
        distributions.add(str(as_csv(observer, "ratings-team", **asked)))
        page = observer.get("/figures/ratings/", asked).context["impact"][0]
        distributions.add(
            str([[str(label), str(n), str(share.percent)] for label, n, share in page.table.rows])
        )
    assert len(distributions) == 2  # that of the file, and that of the page
    assert observer.get("/figures/tables/impact-by-directorate.csv").status_code == 404


def test_reports_of_two_periods_and_programs_are_told_the_same_steps(
    few_a_month: Any, client_as: Any
) -> None:
    observer = client_as("observer")
    for since, until in PERIODS[::30]:
        kept = count(Period(since, add_months(until, 1) - timedelta(days=1)), NOW.date())
        section = next(each for each in kept["sections"] if each["key"] == "impact")
        told = section["charts"][0]["table"]["rows"][0]
        row = as_csv(observer, "impact", **asked_of(since, until))[1]
        assert [told[1][0], told[2][0]] == row[1:3]
        steps = within(
            steps_of(IMPACT_TEAM, counts_by_month_so_far(NOW.date())), Period(since, until)
        )
        if steps:
            rated = together(steps)
            assert row[2:5] == [str(each) for each in (rated.n, rated.received, rated.asked)]
