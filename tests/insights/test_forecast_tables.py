"""The forecast to take away: numbers in columns of their own, small ones hidden as on the page."""

import csv
import io
from datetime import date

import pytest
import time_machine

from tests import factories as make
from tests.factories import NOW
from tests.insights.forecasts import NEVER, keep, outlook_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def taken(client, key):
    response = client.get(f"/figures/tables/{key}.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def forecast(trust):
    few, many = (make.DirectorateFactory(name=name) for name in ("Forensic", "Community"))
    keep(
        outlook_of(few.pk, ready=2, ready_everywhere=1, answers=3),
        outlook_of(many.pk, ready=9, ready_everywhere=4, needs=NEVER),
    )


def test_numbers_stand_in_columns_of_their_own(client_as, forecast):
    community, forensic = taken(client_as("coordinator"), "what-it-would-take")
    assert forensic == {
        "Directorate": "Forensic",
        "Visits to come": "2",
        "First visit on": str(date(2026, 6, 24)),
        "Ready now": "2",
        "Ready for all its visits": "1",
        "Visits with somebody as things are: from": "0",
        "Visits with somebody as things are: middle": "1",
        "Visits with somebody as things are: to": "2",
        "Needed for 9 of 10 visits, even chance": "2",
        "On each visit, even chance": "1",
        "Needed for 9 of 10 visits, nearly sure": "6",
        "On each visit, nearly sure": "1",
        "Needed for every visit, nearly sure": "7",
        "On each visit, for every visit": "2",
        "More for 9 of 10 visits, even chance": "1",
        "More for 9 of 10 visits, nearly sure": "4",
        "Where from": "One step away: 15 with the checks team.",
        "By when": forensic["By when"],
    }
    assert forensic["By when"].startswith("Checks begun today may be done by 10 July 2026")
    assert community["Needed for 9 of 10 visits, nearly sure"] == ""


def test_an_observer_takes_away_no_small_number_of_people(client_as, forecast):
    community, forensic = taken(client_as("observer"), "what-it-would-take")
    hidden = {key for key, value in forensic.items() if value == "not shown"}
    assert hidden == {
        "Ready now",
        "Ready for all its visits",
        "Visits with somebody as things are: from",
        "Visits with somebody as things are: middle",
        "Visits with somebody as things are: to",
        "More for 9 of 10 visits, even chance",
        "More for 9 of 10 visits, nearly sure",
        "Where from",
        "By when",
    }
    assert (community["Ready now"], community["Ready for all its visits"]) == ("9", "not shown")
    assert community["Where from"] == ""
    asked = taken(client_as("observer"), "what-came-of-asking")
    assert [row["People asked"] for row in asked] == ["12", "not shown"]
    assert asked[1]["Of 100 people asked, so many come"] == "not shown"
    assert asked[1]["Rests on its own answers, %"] == "not shown"


def test_what_happened_stands_beside_the_forecast(client_as, forecast):
    assert taken(client_as("observer"), "forecasts-and-what-happened") == [
        {
            "From what was known by": "2025-11-01",
            "Visits in the 6 months from then": "9",
            "Forecast to have somebody: from": "5",
            "Forecast to have somebody: middle": "7",
            "Forecast to have somebody: to": "8",
            "Had somebody": "6",
            "In the range": "yes",
            "Directorates": "7",
            "Directorates in their range": "6",
        }
    ]


def test_tables_of_no_forecast_and_of_no_answers_are_empty(client_as, trust):
    client = client_as("coordinator")
    assert taken(client, "what-it-would-take") == []
    assert taken(client, "forecasts-and-what-happened") == []
