"""How many gave each rating, and what an observer sees of it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from insights.counting import Question, Spread
from insights.presenting.ratings import ratings_chart, together
from insights.suppression import FEWEST
from reviews.changed import mark
from tests import factories as make
from tests.factories import NOW
from tests.insights.programmes import completed
from tests.insights.test_exports import as_csv

SPREAD = Spread((0, 0, 1, 0, 0, 2, 0, 0, 6, 3, 2))
spreads = st.lists(st.integers(0, 9), min_size=11, max_size=11).map(
    lambda each: Spread(tuple(each))
)


def chart(spread: Spread, *, hides_small: bool) -> Any:
    return ratings_chart(Question.TEAM, {"team": spread}, hides_small=hides_small)


def test_every_rating_has_its_bar_and_the_title_says_more_than_the_mean() -> None:
    found = chart(SPREAD, hides_small=False)
    assert found.finding == ("Impact: reviewed services: 14 ratings, 7.64 on average, from 2 to 10")
    assert [number for _, number, _ in found.table.rows] == list(SPREAD.gave)
    assert "8: 6; 9: 3" in found.svg


def test_neighbours_are_put_together_where_small_numbers_are_hidden() -> None:
    found = chart(SPREAD, hides_small=True)
    assert [(label, number) for label, number, _ in found.table.rows] == [
        ("0 to 8", 9),
        ("9 to 10", 5),
    ]
    assert "from 2" not in found.finding
    assert "parted" not in found.note


def test_one_bar_of_all_ratings_says_why_there_is_no_more() -> None:
    found = chart(Spread((0,) * 7 + (4, 9, 4, 0)), hides_small=True)
    assert [(label, number) for label, number, _ in found.table.rows] == [("0 to 10", 17)]
    assert "one part would be fewer than 5 people" in found.note


@given(spread=spreads)
def test_no_group_is_small_and_none_is_lost(spread: Spread) -> None:
    if spread.n < FEWEST:
        return
    groups = together(spread, hides_small=True)
    assert sum(number for _, number in groups) == spread.n
    assert all(number >= FEWEST for _, number in groups)
    assert groups[0][0].startswith("0")
    assert groups[-1][0].endswith("10")


def test_fewer_than_five_are_not_shown() -> None:
    found = chart(Spread((0,) * 8 + (4, 0, 0)), hides_small=True)
    assert found.finding == "Impact: reviewed services: small numbers are not shown"
    assert found.table.rows == []


def test_nothing_rated_yet() -> None:
    for hides_small in (True, False):
        found = chart(Spread(), hides_small=hides_small)
        assert found.finding == "Impact: reviewed services: nobody has rated it yet"


@pytest.mark.django_db
class TestPage:
    @pytest.fixture(autouse=True)
    def today(self, trust: Any) -> Any:
        with time_machine.travel(NOW, tick=False):
            yield

    def answers(self, service: Any, number: int, on: date = date(2026, 5, 4), **given: Any) -> None:
        review = completed(on, service=service, lxr={})
        for _ in range(number):
            make.AnswerFactory(review=review, how="imported", **{"impact": 8, **given})
        mark(review)

    def finding(self, client: Any, part: str = "impact", **asked: Any) -> str:
        page = client.get("/figures/ratings/", asked)
        assert page.status_code == 200
        return str(page.context[part][0].finding)

    def test_filters_narrow_what_the_team_sees(self, client_as: Any) -> None:
        prison, ward = (
            make.ServiceFactory(setting="prison"),
            make.ServiceFactory(setting="inpatient"),
        )
        self.answers(prison, 2)
        self.answers(ward, 7)
        client = client_as("coordinator")
        assert "9 ratings" in self.finding(client)
        assert "2 ratings" in self.finding(client, setting="prison")
        assert as_csv(client, "ratings-team", setting="prison")[9][:2] == ["8", "2"]

    def test_observer_cannot_take_a_part_from_the_whole(self, client_as: Any) -> None:
        prison, ward = (
            make.ServiceFactory(setting="prison"),
            make.ServiceFactory(setting="inpatient"),
        )
        self.answers(prison, 2)
        self.answers(ward, 7)
        observer = client_as("observer")
        assert "9 ratings" in self.finding(observer)
        for asked in (
            {"setting": "prison"},
            {"setting": "inpatient"},  # 9 less 7 would be the prison's
            {"directorate": ward.directorate_id},
            {"until": "2026-04"},
        ):
            assert "9 ratings" in self.finding(observer, **asked)
            overview = observer.get("/figures/", asked)
            assert overview.context["impact"].finding == "There are no ratings to show"

    def test_support_is_shown_to_observers_over_everything_alone(self, client_as: Any) -> None:
        services = [make.ServiceFactory() for _ in range(2)]
        for service, on in zip(services, (date(2026, 5, 4), date(2024, 5, 4)), strict=True):
            for _ in range(3):
                author = make.ReviewerFactory(user=None)
                self.answers(
                    service, 1, on, audience="lxr", author=author, impact=None,
                    support_in_training=7,
                )  # fmt: skip
        asked = {"directorate": services[0].directorate_id}
        assert "3 ratings" in self.finding(client_as("coordinator"), "support", **asked)
        assert "6 ratings" in self.finding(client_as("observer"), "support", **asked)
