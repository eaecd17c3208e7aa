"""Response rates: received of asked, whoever was asked in whichever way."""

from datetime import timedelta

import pytest

from feedback.rates import rates
from tests.factories import (
    NOW,
    TODAY,
    AnswerFactory,
    AskingFactory,
    DirectorateFactory,
    ReviewerFactory,
    ReviewFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
YEAR = {"since": TODAY - timedelta(days=365), "until": TODAY}


def visit(directorate="Community", days_ago=10):
    return ReviewFactory(
        status="completed",
        visit_on=TODAY - timedelta(days=days_ago),
        service__directorate=DirectorateFactory(name=directorate),
    )


def figures(**days):
    return {
        each.audience.value: {
            directorate.name: (rate.asked, rate.reminded, rate.received, rate.declined)
            for directorate, rate in each.directorates
        }
        for each in rates(**{**YEAR, **days})
    }


def test_each_audience_and_directorate_is_counted_on_its_own():
    review, secure = visit(), visit("Forensic")
    AskingFactory(review=review, state="answered", reminded_at=NOW)
    AnswerFactory(review=review)
    AskingFactory(review=secure, state="declined")
    AskingFactory(review=review, audience="lxr", reviewer=ReviewerFactory())
    AskingFactory(review=review, audience="quality", staff=StaffFactory(), reminded_at=NOW)

    assert figures() == {
        "team": {"Community": (1, 1, 1, 0), "Forensic": (1, 0, 0, 1)},
        "lxr": {"Community": (1, 0, 0, 0)},
        "quality": {"Community": (1, 1, 0, 0)},
    }


def test_an_imported_answer_counts_as_asked():
    AnswerFactory(review=visit(), how="imported")
    assert figures()["team"] == {"Community": (1, 0, 1, 0)}


def test_who_declined_stays_among_those_asked():
    review = visit()
    AskingFactory(review=review, state="answered")
    AskingFactory(review=review, state="declined")
    AnswerFactory(review=review)
    (team, *_) = rates(**YEAR)
    assert (team.whole.asked, team.whole.received, team.whole.share) == (2, 1, 0.5)


def test_days_of_visits_are_both_included():
    AskingFactory(review=visit(days_ago=10))
    day = TODAY - timedelta(days=10)
    assert figures(since=day, until=day)["team"]
    assert figures(since=day + timedelta(days=1))["team"] == {}
    assert figures(until=day - timedelta(days=1))["team"] == {}


def test_no_share_of_nobody():
    assert [each.whole.share for each in rates(**YEAR)] == [None, None, None]


def test_the_page_says_it_in_words_and_for_other_days(client_as, time_machine):
    time_machine.move_to(NOW)
    review = visit()
    AskingFactory(review=review, state="answered")
    AskingFactory(review=review)
    AnswerFactory(review=review)
    client = client_as("coordinator")

    page = client.get("/feedback/rates/").text
    assert "1 of 2 answered (50.0%)." in page
    other = {"since": "2020-01-01", "until": "2020-12-31"}
    assert (
        "Nobody was asked about visits of these days." in client.get("/feedback/rates/", other).text
    )
    wrong = client.get("/feedback/rates/", {"since": "2020-01-02", "until": "2020-01-01"}).text
    assert "The last day must be on or after the first" in wrong
