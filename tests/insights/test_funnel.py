"""From an enquiry to a first review: who got how far, how long it takes, who still waits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from insights.funnel import STEPS, Way, count_funnel, steps
from insights.numbers import Share
from insights.presenting.funnel import Funnel
from reviewers.models import StageChange
from tests import factories as make
from tests.factories import TODAY
from tests.insights.programmes import completed, put_on
from tests.insights.test_exports import as_csv


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def way(*days: int | None, left: int | None = None) -> Way:
    """Days ago of each step reached; the rest is not."""
    reached = [index < len(days) for index in range(len(STEPS))]
    dates = [None if each is None else ago(each) for each in days]
    dates += [None] * (len(STEPS) - len(dates))
    return Way(reached, dates, None if left is None else ago(left))


def test_each_step_is_of_those_who_reached_the_one_before() -> None:
    found = steps([way(100, 90, 70, 60, 50, 20), way(80, 70), way(30)], TODAY)
    assert [step.came for step in found] == [
        Share(2, 3), Share(1, 2), Share(1, 1), Share(1, 1), Share(1, 1),
    ]  # fmt: skip
    assert [(step.waiting, step.left) for step in found[:2]] == [(1, 0), (1, 0)]


def test_those_who_still_wait_count_for_as_long_as_they_have_waited() -> None:
    # 10 days, 10 days, and 30 without: two of three by day 10
    waiting = steps([way(100, 90), way(80, 70), way(30)], TODAY)[0]
    assert waiting.days == 10
    # One of three: half have not been asked yet
    assert steps([way(100, 90), way(80), way(70)], TODAY)[0].days is None


def test_who_left_is_no_longer_waiting() -> None:
    step = steps([way(100, left=40), way(100, 90)], TODAY)[0]
    assert (step.waiting, step.left) == (0, 1)


def test_a_step_whose_day_is_not_known_counts_without_days() -> None:
    step = steps([way(100, None), way(100, 90)], TODAY)[0]
    assert (step.came, step.undated, step.days) == (Share(2, 2), 1, 10)


@pytest.mark.django_db
class TestHistory:
    def person(self, stage: str, joined: int, *moves: tuple[str, str, int]) -> Any:
        last = moves[-1][2] if moves else joined
        reviewer = make.ReviewerFactory(
            user=None, stage=stage, stage_since=ago(last), joined_on=ago(joined)
        )
        for before, after, days in moves:
            at = datetime.combine(ago(days), datetime.min.time(), UTC) + timedelta(hours=12)
            StageChange.objects.create(reviewer=reviewer, from_stage=before, to_stage=after, at=at)
        return reviewer

    def test_dates_come_from_the_history_and_from_training_and_visits(self) -> None:
        ada = self.person(
            "active",
            100,
            ("enquiry", "interview", 90),
            ("interview", "checks", 70),
            ("checks", "training", 60),
            ("training", "active", 45),
        )
        session = make.SessionFactory(held_on=ago(50))
        make.PlaceFactory(reviewer=ada, session=session, outcome="attended")
        put_on(completed(ago(20)), reviewer=ada)
        found = count_funnel(TODAY)
        assert [step.days for step in found] == [10, 20, 10, 10, 30]
        assert {step.came for step in found} == {Share(1, 1)}

    def test_a_step_that_was_skipped_is_passed_on_the_day_of_the_next(self) -> None:
        self.person("training", 50, ("enquiry", "interview", 40), ("interview", "training", 25))
        found = count_funnel(TODAY)
        assert [step.days for step in found[:3]] == [10, 15, 0]

    def test_first_time_at_a_step_counts_and_a_step_back_does_not(self) -> None:
        self.person(
            "interview", 50, ("enquiry", "interview", 40), ("interview", "enquiry", 30),
            ("enquiry", "interview", 10),
        )  # fmt: skip
        assert count_funnel(TODAY)[0].days == 10

    def test_brought_in_from_elsewhere_has_no_days(self) -> None:
        self.person("active", 100, ("", "active", 1))
        found = count_funnel(TODAY)
        assert [step.undated for step in found[:3]] == [1, 1, 1]
        assert [step.days for step in found[:3]] == [None, None, None]
        assert (found[3].came, found[3].waiting) == (Share(0, 1), 1)

    def test_who_paused_waits(self) -> None:
        self.person("paused", 50, ("enquiry", "interview", 40), ("interview", "paused", 5))
        assert count_funnel(TODAY)[1].waiting == 1

    def test_four_queries_however_many_there_are(self, django_assert_num_queries: Any) -> None:
        for _ in range(5):
            self.person("checks", 50, ("enquiry", "interview", 40), ("interview", "checks", 20))
        with django_assert_num_queries(4):
            assert count_funnel(TODAY)[1].came == Share(5, 5)


def many(*reached: int) -> list[Way]:
    """So many people who reached each step and no later one, and enquired 100 days ago."""
    return [
        way(*(100 - 10 * index for index in range(step + 1)))
        for step, number in enumerate(reached)
        for _ in range(number)
    ]


def test_finding_says_the_longest_step() -> None:
    found = Funnel(steps(many(0, 0, 0, 0, 3, 5), TODAY), hides_small=False)
    assert found.finding == (
        "5 of 8 who enquired have been on a review; the longest step is from enquiry to "
        "interview, 10 days"
    )
    assert Funnel(steps([], TODAY), hides_small=False).finding == "Nobody has enquired yet"


def test_observer_sees_no_small_number_nor_what_would_give_it_away() -> None:
    # 12 enquired, 10 were interviewed: the 2 who were not are few
    hidden = Funnel(steps(many(2, 0, 0, 0, 0, 10), TODAY), hides_small=True).chart()
    assert {cell.words for row in hidden.table.shown for cell in row[1:]} == {"not shown"}
    assert ">12<" not in hidden.svg
    shown = Funnel(steps(many(6, 0, 0, 0, 0, 10), TODAY), hides_small=True).chart()
    assert [cell.words for cell in next(iter(shown.table.shown))] == [
        "Interview", "10 of 16 (62.5%)", "10",
    ]  # fmt: skip
    assert len(shown.table.columns) == 3  # nobody's waiting or leaving


@pytest.mark.django_db
def test_page_and_file(client_as: Any, trust: Any) -> None:
    make.ReviewerFactory(user=None, stage="enquiry", joined_on=ago(3), stage_since=ago(3))
    client = client_as("coordinator")
    text = client.get("/figures/funnel/").content.decode()
    assert "0 of 1 who enquired have been on a review" in text
    assert as_csv(client, "activation-funnel")[1][:4] == ["Interview", "0", "1", "0.0"]
    assert as_csv(client_as("observer"), "activation-funnel")[1][1] == "not shown"
