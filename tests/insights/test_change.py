"""Chance or change: runs of covered reviews, and coverage by month, in words."""

from datetime import date, timedelta
from typing import Any

import pytest

from insights.change import Run, misses, monthly, runs
from insights.figures import ATTENDEES, COVERAGE
from insights.numbers import Share
from insights.queries import Chosen
from reviews.changed import mark
from tests import factories as make
from tests.factories import TODAY


def visits(said: str) -> None:
    """Completed reviews, a day after the other: ``y`` with an LXR, ``n`` without."""
    for index, each in enumerate(said):
        day = TODAY - timedelta(days=len(said) - index)
        review = make.ReviewFactory(status="completed", visit_on=day)
        mark(review)
        if each == "y":
            make.LXROnTeamFactory(review=review, response="accepted", attended=True)
        else:
            make.LXROnTeamFactory(review=review, role="shadow", response="accepted", attended=True)


@pytest.mark.django_db
class TestRuns:
    def test_each_miss_ends_a_run(self, trust: Any) -> None:
        visits("yynnyyy")
        make.ReviewFactory(status="cancelled", visit_on=TODAY - timedelta(days=1))
        assert runs(TODAY) == (
            [
                Run(2, TODAY - timedelta(days=5)),
                Run(0, TODAY - timedelta(days=4)),
                Run(3, None),
            ],
            False,
        )

    def test_of_more_reviews_than_are_looked_at_the_oldest_run_is_left_out(
        self, trust: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visits("yyynyyny")
        monkeypatch.setattr("insights.change.MOST_REVIEWS", 8)
        assert [run.covered for run in misses(TODAY).runs] == [3, 2]
        assert misses(TODAY).over == "all completed reviews so far"

        monkeypatch.setattr("insights.change.MOST_REVIEWS", 6)  # the first run is cut to one
        assert [run.covered for run in misses(TODAY).runs] == [2]
        assert misses(TODAY).over == "the latest 6 completed reviews"

        monkeypatch.setattr("insights.change.MOST_REVIEWS", 3)
        assert misses(TODAY).finding == (
            "Too few reviews without an LXR in the latest 3 completed reviews: "
            "1 covered review in a row so far"
        )

    def test_as_at_an_earlier_day(self, trust: Any) -> None:
        visits("yynyy")
        assert runs(TODAY - timedelta(days=4)) == ([Run(2, None)], False)

    def test_of_one_setting_and_of_one_directorate(self, trust: Any) -> None:
        visits("yn")
        review = make.ReviewFactory(
            status="completed", visit_on=TODAY - timedelta(days=1), service__setting="prison"
        )
        make.LXROnTeamFactory(review=review, response="accepted", attended=True)

        assert runs(TODAY, Chosen(setting="prison"))[0] == [Run(1, None)]
        assert runs(TODAY, Chosen(review.service.directorate, "inpatient"))[0] == [Run(0, None)]

    @pytest.mark.parametrize(
        ("said", "finding"),
        [
            ("", "No completed review yet"),
            ("y", "No review without an LXR yet: 1 covered review in a row so far"),
            ("ynyy", "No change beyond chance: 2 covered reviews in a row so far"),
            # Mean 1, upper limit 1 + 3 times the root of 2: 5.24.
            ("ynyn" + "y" * 5, "No change beyond chance: 5 covered reviews in a row so far"),
            ("ynyn" + "y" * 6, "Better than chance explains: 6 covered reviews in a row so far"),
            # 1, 0, 2, 1, 0, 1, 2, 40, 1, 0: the 40 is above the limit of 20.6, the others are not.
            (
                "yn" + "n" + "yyn" + "yn" + "n" + "yn" + "yyn" + "y" * 40 + "n" + "yn" + "n",
                (
                    "Better than chance explains: 40 covered reviews in a row until 6 June 2026. "
                    "Now 0 covered reviews in a row so far"
                ),
            ),
            # Gaps of ten times 0, and 9: the limit is 0.82 + 3 times the root of 0.82 × 1.82: 4.48.
            (
                "n" * 10 + "y" * 9 + "n" + "y" * 5,
                (
                    "Better than chance explains: 5 covered reviews in a row so far and 9 covered "
                    "reviews in a row until 4 June 2026"
                ),
            ),
        ],
    )
    def test_finding(self, trust: Any, said: str, finding: str) -> None:
        visits(said)
        assert misses(TODAY).finding == finding

    def test_one_query(self, trust: Any, django_assert_num_queries: Any) -> None:
        visits("yyny")
        with django_assert_num_queries(1):
            misses(TODAY)


@pytest.mark.django_db
def test_the_page_and_its_files_are_of_what_was_chosen(client_as: Any, trust: Any) -> None:
    visits("yn")
    prison = make.ServiceFactory(setting="prison")
    make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=1), service=prison)
    client = client_as("observer")

    page = client.get("/figures/change/?setting=prison").content.decode()
    file = client.get("/figures/tables/covered-between-misses.csv?setting=prison")

    assert '<span class="nhsuk-caption-l">Prison</span>' in page
    assert "setting=prison" in page.split("covered-between-misses.csv")[1][:200]
    rows = b"".join(file.streaming_content).decode().splitlines()[1:]
    assert rows == [f"{TODAY - timedelta(days=1)},0", ",0"]


class TestMonthly:
    def by_month(self, *shares: tuple[int, int]) -> Any:
        return monthly(
            [(date(2025 + i // 12, i % 12 + 1, 1), Share(*each)) for i, each in enumerate(shares)]
        )

    def test_seven_months_above_the_mean_are_news(self) -> None:
        found = self.by_month(*[(1, 2), (0, 2)] * 4, *[(2, 2)] * 7)
        assert found.finding == "Better than chance explains in March 2026"
        assert found.months[0].says == "Worse than chance explains"  # the eight before them

    def test_a_month_without_a_review_says_nothing(self) -> None:
        found = self.by_month((1, 1), (0, 0), (1, 2), (0, 0))
        assert [month.says != "" for month in found.months] == [True, False, True, False]
        assert found.finding == "No change beyond chance in March 2025"

    def test_aim_of_every_review(self) -> None:
        steady = [(1, 10), (2, 10)] * 4
        assert "Something has to change" in self.by_month(*steady).assurance
        assert "hit or miss" in self.by_month((1, 2), (2, 2), (0, 2), (2, 2)).assurance

    def test_one_miss_among_many_months_makes_no_news_of_the_others(self) -> None:
        found = self.by_month(*[(1, 1)] * 5, (1, 2), (1, 1))
        assert [month.is_news for month in found.months] == [False] * 7

    def test_nothing_yet(self) -> None:
        found = self.by_month((0, 0), (0, 0))
        assert (found.finding, found.assurance) == ("No completed review in these months", "")


@pytest.mark.django_db
def test_page_shows_charts_beside_their_tables(client_as: Any, trust: Any) -> None:
    visits("yynyy")
    page = client_as(make.UserFactory(roles=["observer"])).get("/figures/change/").content.decode()
    assert page.count('<svg role="img"') == 2
    assert "Covered reviews before each miss" in page
    assert "Over all completed reviews so far." in page
    assert COVERAGE.sentence in page


@pytest.mark.django_db
def test_the_page_of_sessions_says_how_attendees_are_counted(client_as: Any, trust: Any) -> None:
    assert ATTENDEES.sentence in client_as("observer").get("/figures/sessions/").text
