"""The page of figures as first reported."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from insights.models import Snapshot
from insights.operations import refresh_counts, take_snapshots
from reviews.changed import mark
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.programmes import completed
from tests.insights.test_exports import as_csv

pytestmark = pytest.mark.django_db
SPRING = {"since": "2026-04", "until": "2026-05"}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def revised(trust: Any) -> Any:
    """April as it was; May without the LXR it was first reported with, and with late feedback."""
    mark(completed(date(2026, 4, 3), lxr={}))
    review = completed(date(2026, 5, 12), lxr={})
    mark(review)
    refresh_counts()
    take_snapshots(now=NOW, today=TODAY)
    review.team.update(attended=False)
    make.AnswerFactory(review=review, impact=6)
    mark(review)
    refresh_counts()
    take_snapshots(now=NOW + timedelta(days=3), today=TODAY)
    return review


def page(client: Any, **asked: Any) -> Any:
    response = client.get("/figures/reported/", {**SPRING, **asked})
    assert response.status_code == 200
    return response


def rows(response: Any) -> list[list[str]]:
    return [[cell.words for cell in row] for row in response.context["table"].shown]


def test_a_revised_month_shows_both_values_and_when(client_as: Any, revised: Any) -> None:
    shown = page(client_as("observer"))
    assert shown.context["finding"] == "1 of 2 months has been revised since first reported"
    same = "1 of 1 (100.0%)"
    assert rows(shown) == [
        ["Apr 2026", same, "10 June 2026", same, "–", "–"],
        ["May 2026", same, "10 June 2026", "0 of 1 (0.0%)", "13 June 2026", "1"],
    ]


def test_a_figure_and_a_directorate_are_chosen(client_as: Any, revised: Any) -> None:
    client = client_as("coordinator")
    directorate = revised.service.directorate
    shown = page(client, figure="impact_team", directorate=directorate.pk)
    assert rows(shown) == [
        ["May 2026", "none yet", "10 June 2026", "6.00 (n = 1)", "13 June 2026", "1"]
    ]
    taken = as_csv(client, "as-first-reported", **SPRING, figure="impact_team")
    assert taken[0][1:3] == ["First reported: mean", "First reported: n"]
    assert taken[-1][4:6] == ["6.00", "1"]


def test_a_reason_that_is_recorded_late_revises_its_month(client_as: Any, revised: Any) -> None:
    revised.gap_reason = revised.GapReason.NOBODY_AVAILABLE
    revised.save()
    mark(revised)
    refresh_counts()
    take_snapshots(now=NOW + timedelta(days=4), today=TODAY)
    asked = {"directorate": revised.service.directorate_id}
    client = client_as("coordinator")
    assert rows(page(client, figure="missed_nobody_available", **asked)) == [
        ["May 2026", "none yet", "10 June 2026", "1 of 1 (100.0%)", "14 June 2026", "2"]
    ]
    assert rows(page(client, figure="missed_not_recorded", **asked)) == [
        ["May 2026", "none yet", "10 June 2026", "0 of 1 (0.0%)", "14 June 2026", "2"]
    ]


def test_people_are_of_no_directorate(client_as: Any, revised: Any) -> None:
    asked = {"figure": "trained", "directorate": revised.service.directorate_id}
    shown = page(client_as("coordinator"), **asked)
    assert "this is the whole programme" in shown.content.decode()
    assert len(rows(shown)) == 2


def test_observer_compares_no_people_and_no_ratings(client_as: Any, revised: Any) -> None:
    observer = client_as("observer")
    for figure in (
        "trained", "activation", "impact_team", "support_on_visit", "response_lxr",
        "missed_checks_or_access", "missed_other",
    ):  # fmt: skip
        shown = page(observer, figure=figure)
        assert "There is a problem" in shown.content.decode()
        assert shown.context["figure"].key == "coverage"
        taken = as_csv(observer, "as-first-reported", figure=figure)
        assert taken[0][1].startswith("First reported: completed reviews")


def test_a_definition_that_changed_is_said(client_as: Any, revised: Any) -> None:
    Snapshot.objects.filter(figure="coverage").update(definition=0)
    take_snapshots(now=NOW + timedelta(days=5), today=TODAY)
    assert [row[-1] for row in rows(page(client_as("observer")))] == ["0, now 1"] * 2


def test_nothing_kept_yet_says_when_it_will_be(client_as: Any, trust: Any) -> None:
    text = page(client_as("observer")).content.decode()
    assert "No month of these has been kept yet" in text
    assert "A month shows here from the day after its last." in text
