"""Figures about training: who came, who led, and how long it is to a first visit."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.numbers import Share
from insights.training import count_training, said_by_version
from insights.waiting import Wait, median_days
from tests import factories as make
from tests.factories import TODAY
from training.models import Said
from training.queries.said import Rated


def waits(*days: int, still: tuple[int, ...] = ()) -> list[Wait]:
    return [*(Wait(each, True) for each in days), *(Wait(each, False) for each in still)]


class TestMedian:
    @pytest.mark.parametrize(
        ("found", "days"),
        [
            ([], None),
            (waits(7), 7),
            (waits(10, 20, 30), 20),
            (waits(10, 20, 30, 40), 20),
            # With 21 of 36 still waiting there is no median: fewer than half have been.
            (waits(*range(1, 16), still=(400,) * 21), None),
            # Dropping who waits would say 20.
            (waits(10, 20, 30, still=(25, 50, 50)), 30),
            # 1 of 4 at 5; of the 2 left after one went at 6, one at 10: 3/4 times 1/2.
            (waits(5, 10, still=(6, 12)), 10),
            (waits(still=(5,)), None),
            (waits(0, still=(0,)), 0),
        ],
    )
    def test_those_who_wait_are_counted(self, found: list[Wait], days: int | None) -> None:
        assert median_days(found) == days

    def test_no_wait_is_shorter_than_nothing(self) -> None:
        with pytest.raises(ValueError, match="no fewer than 0 days"):
            median_days([Wait(-1, True)])

    @given(st.lists(st.integers(0, 1000), min_size=1))
    def test_without_anybody_waiting_it_is_the_lower_median(self, days: list[int]) -> None:
        assert median_days(waits(*days)) == sorted(days)[(len(days) - 1) // 2]


@pytest.mark.django_db
class TestCounting:
    def attended(self, days_ago: int, **fields: Any) -> Any:
        session = make.SessionFactory(held_on=TODAY - timedelta(days=days_ago), **fields)
        return make.PlaceFactory(session=session, outcome="attended").reviewer

    def visit(self, person: Any, days_ago: int) -> None:
        review = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=days_ago))
        make.LXROnTeamFactory(review=review, reviewer=person, response="accepted", attended=True)

    def test_days_to_a_first_visit(self) -> None:
        first, second = self.attended(100), self.attended(100)
        self.attended(50)
        gone = self.attended(100)
        type(gone).objects.filter(pk=gone.pk).update(
            stage="left", stage_since=TODAY - timedelta(days=95)
        )
        self.visit(first, 90)
        self.visit(first, 60)
        self.visit(second, 70)
        found = count_training(TODAY).first_visits
        assert (found.been, found.waiting, found.left) == (Share(2, 4), 1, 1)
        # One went after 5 days; 1 of 3 after 10, then 1 of 2 after 30: 2/3 times 1/2.
        assert found.days == 30

    def test_as_at_an_earlier_day(self) -> None:
        self.visit(self.attended(100), 90)
        self.attended(10)
        found = count_training(TODAY - timedelta(days=95))
        assert found.first_visits.been == Share(0, 1)
        assert found.trained == [(TODAY - timedelta(days=100), 1)]

    def test_trained_over_time_counts_each_person_once(self) -> None:
        person = self.attended(100)
        make.PlaceFactory(
            session=make.SessionFactory(held_on=TODAY - timedelta(days=20)),
            reviewer=person,
            outcome="attended",
        )
        self.attended(100, kind="pilot")
        self.attended(20)
        assert [total for _, total in count_training(TODAY).trained] == [1, 2]

    def test_no_shows_and_who_led(self) -> None:
        session = make.SessionFactory(held_on=TODAY - timedelta(days=3))
        make.SessionFactory(held_on=TODAY - timedelta(days=9))
        make.SessionFactory(held_on=TODAY + timedelta(days=3))
        session.co_facilitators.add(make.ReviewerFactory(), make.ReviewerFactory())
        for outcome in ("attended", "attended", "did not attend", "cancelled", "waiting"):
            make.PlaceFactory(session=session, outcome=outcome)
        found = count_training(TODAY)
        assert (found.no_shows, found.co_facilitated) == (Share(1, 3), Share(1, 2))

    def test_nothing_yet(self) -> None:
        found = count_training(TODAY)
        assert found.trained == []
        assert found.first_visits.days is None
        assert str(found.no_shows) == "none yet"


@pytest.mark.django_db
def test_ratings_by_version_from_five_answers_on(client_as: Any, trust: Any) -> None:
    first, second = make.CourseVersionFactory(), make.CourseVersionFactory()
    for version, answers in ((first, 5), (second, 4)):
        session = make.SessionFactory(held_on=TODAY - timedelta(days=60), version=version)
        for number in range(answers):
            Said.objects.create(
                session=session, said_on=session.held_on, support=6 + number % 2, usefulness=9
            )
        if answers == 5:
            make.ReadFormFactory(session=session)
    [found] = said_by_version(TODAY)
    assert found.version == first
    assert (found.support, found.pace, found.usefulness) == (Rated(6.4, 5), None, Rated(9.0, 5))
    page = client_as(make.UserFactory(roles=["observer"])).get("/figures/training/")
    assert "6.40 (n = 5)" in page.content.decode()


@pytest.mark.django_db
def test_page_says_the_finding_and_hides_small_numbers(client_as: Any, trust: Any) -> None:
    for _ in range(6):
        make.ReadyReviewerFactory()
    address = "/figures/training/"
    seen = client_as(make.UserFactory(roles=["coordinator"])).get(address).content.decode()
    assert "Fewer than half of trained people have been on a visit: 0 of 6." in seen
    observed = client_as(make.UserFactory(roles=["observer"])).get(address).content.decode()
    assert "Small numbers are not shown." in observed
    assert "6 people have been trained since" in seen
    assert "have been trained since" not in observed  # steps would give sessions away


EARLIER = {"as_at_day": "1", "as_at_month": "5", "as_at_year": "2026"}


@pytest.fixture
def trained_late(time_machine: Any, trust: Any) -> None:
    """Five people trained a year ago, and one last week."""
    time_machine.move_to(make.NOW)
    long_ago = make.SessionFactory(held_on=TODAY - timedelta(days=365))
    make.PlaceFactory.create_batch(5, session=long_ago, outcome="attended")
    make.PlaceFactory(
        session=make.SessionFactory(held_on=TODAY - timedelta(days=7)), outcome="attended"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("trained_late")
def test_staff_see_training_as_at_an_earlier_day_on_the_page_and_in_its_files(
    client_as: Any,
) -> None:
    staff = client_as("coordinator")

    now = staff.get("/figures/training/").text
    then = staff.get("/figures/training/", EARLIER).text

    assert "6 people have been trained since" in now
    assert "5 people have been trained since" in then
    assert "As at 1 May 2026, over everything before." in then
    [file] = set(re.findall(r'href="([^"]*first-visit\.csv[^"]*)"', then))
    answer = staff.get(html.unescape(file))
    assert "days-to-a-first-visit-2026-05-01" in answer.headers["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode()
    assert "5" in text.split("\r\n")[-2]
    assert "6" not in text


@pytest.mark.django_db
@pytest.mark.usefixtures("trained_late")
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({**EARLIER, "as_at_year": "2027"}, "As at must be today or an earlier day"),
        ({**EARLIER, "as_at_day": "31", "as_at_month": "2"}, "As at must be a real date"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_today_is_shown(
    client_as: Any, asked: dict[str, str], told: str
) -> None:
    page = client_as("coordinator").get("/figures/training/", asked).text

    assert told in page
    assert "As at 10 June 2026, over everything before." in page


@pytest.mark.django_db
@pytest.mark.usefixtures("trained_late")
def test_an_observer_sees_today_alone_because_two_days_would_tell_of_one_person(
    client_as: Any,
) -> None:
    observer = client_as("observer")
    plain = ("/figures/training/", "/figures/tables/days-to-a-first-visit.csv")

    for address in plain:
        now, then = (b"".join(observer.get(address, asked)) for asked in ({}, EARLIER))
        assert _same(now) == _same(then)


def _same(page: bytes) -> bytes:
    """The page without what is new each time."""
    return re.sub(rb'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', b"", page)
