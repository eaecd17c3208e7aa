"""Who answers: received of those asked, whoever was asked in whichever way, counted once."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import QueryDict

from insights.figures import RESPONSE_LXR
from insights.looking import Look
from insights.operations import mark_differences
from insights.periods import Period
from insights.reporting import report
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(trust: Any) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def visit(directorate: str = "Community", *, status: str = "completed", month: int = 5) -> Any:
    return make.ReviewFactory(
        status=status,
        visit_on=date(2026, month, 4),
        service__directorate=make.DirectorateFactory(name=directorate),
    )


def responses(asked: str = "") -> list[Any]:
    mark_differences()
    return Look(make.UserFactory(roles=["coordinator"]), QueryDict(asked), TODAY).responses


def rows(asked: str = "") -> list[list[tuple[str, str, int, int]]]:
    return [
        [(name, share.counted, *beside) for name, share, *beside in each.table.rows]
        for each in responses(asked)
    ]


def test_each_audience_and_directorate_is_counted_on_its_own() -> None:
    review, secure = visit(), visit("Forensic")
    make.AskingFactory(review=review, state="answered", reminded_at=NOW)
    make.AnswerFactory(review=review)
    make.AskingFactory(review=secure, state="declined")
    make.AskingFactory(review=review, audience="lxr", reviewer=make.ReviewerFactory())
    make.AskingFactory(
        review=review, audience="quality", staff=make.StaffFactory(), reminded_at=NOW
    )

    assert rows() == [
        [("Community", "1 of 1", 1, 0), ("Forensic", "0 of 1", 0, 1)],
        [("Community", "0 of 1", 0, 0)],
        [("Community", "0 of 1", 1, 0)],
    ]


def test_an_imported_answer_counts_as_asked_and_a_decline_stays_among_those_asked() -> None:
    make.AnswerFactory(review=visit(), how="imported")
    make.AskingFactory(review=visit("Forensic"), state="declined")
    team, lxr, _ = responses()
    assert (str(team.whole), lxr.whole.percent) == ("1 of 2 (50.0%)", None)


def test_only_completed_reviews_of_what_is_chosen_count_as_everywhere() -> None:
    for status in ("planned", "cancelled"):
        make.AskingFactory(review=visit(status=status), state="declined")
    make.AskingFactory(review=visit(month=4), state="declined")
    assert rows() == [[("Community", "0 of 1", 0, 1)], [], []]
    assert rows("since=2026-05") == [[], [], []]
    assert rows("setting=prison") == [[], [], []]


def test_every_response_is_the_figure_of_the_command() -> None:
    review = visit()
    make.AskingFactory(review=review, audience="lxr", reviewer=make.ReviewerFactory())
    told = report(Period(date(2026, 5, 1), date(2026, 5, 31)))
    shares = [each.whole.as_json() for each in responses()]
    assert [told[f"response_{name}"] for name in ("team", "lxr", "quality")] == shares
    assert told["response_lxr"] == {"numerator": 0, "denominator": 1, "percent": 0.0}


def test_the_page_says_it_in_words_and_how_it_is_counted(client_as: Any) -> None:
    review = visit()
    make.AskingFactory(review=review, state="answered")
    make.AskingFactory(review=review, contact=make.ContactFactory(service=review.service))
    make.AnswerFactory(review=review)
    mark_differences()
    client = client_as("coordinator")

    page = client.get("/figures/rates/").text
    assert "1 of 2 (50.0%) answered." in page
    assert RESPONSE_LXR.sentence in page
    other = client.get("/figures/rates/?since=2025-05&until=2025-06").text
    assert other.count("Nobody was asked about these reviews.") == 3
