"""The figures pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.queries import headline
from reviews.changed import mark
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.programmes import completed, trained

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def attendees(table):
    return [row[-1].words for row in table.shown]


def page(client, **asked):
    response = client.get("/figures/", asked)
    assert response.status_code == 200
    return response


def test_a_visit_just_recorded_shows_on_the_page(client_as, trust):
    client = client_as("coordinator")
    assert "There is no completed review in this period" in page(client).content.decode()
    mark(completed(TODAY, lxr={}))
    text = page(client).content.decode()
    assert "1 of 1 (100.0%)" in text
    assert "How this is counted" in text


def test_period_and_directorate_narrow_the_figures(client_as, trust):
    here, there = completed(date(2026, 5, 1), lxr={}), completed(date(2025, 1, 1))
    mark(here)
    mark(there)
    client = client_as("observer")
    assert page(client).context["counts"].completed == 1
    whole = page(client, since="2025-01", until="2026-06")
    assert whole.context["counts"].completed == 2
    directorate = there.service.directorate
    theirs = page(client, since="2025-01", until="2026-06", directorate=directorate.pk)
    assert str(theirs.context["counts"].coverage) == "0 of 1 (0.0%)"


def test_setting_narrows_the_figures_and_leaves_the_others_to_compare(client_as, trust):
    prison = make.ServiceFactory(setting="prison")
    ward = make.ServiceFactory(setting="inpatient", directorate=prison.directorate)
    mark(completed(date(2026, 5, 1), service=prison))
    for day in (2, 3):
        mark(completed(date(2026, 5, day), service=ward, lxr={}))
    client = client_as("observer")
    shown = page(client, setting="prison")
    assert str(shown.context["counts"].coverage) == "0 of 1 (0.0%)"
    assert [str(row[1]) for row in shown.context["by_directorate"].table.rows] == ["0 of 1 (0.0%)"]
    assert [(name, str(share)) for name, share, _ in shown.context["by_setting"].rows] == [
        ("Community", "none yet"),
        ("Inpatient", "2 of 2 (100.0%)"),
        ("Secure", "none yet"),
        ("Prison", "0 of 1 (0.0%)"),
    ]
    text = shown.content.decode()
    assert "July 2025 to June 2026, Prison" in text
    # A shortcut to another period keeps what was chosen.
    assert "?since=2026-04&amp;until=2026-06&amp;setting=prison" in text
    both = page(client, setting="inpatient", directorate=prison.directorate_id)
    assert str(both.context["counts"].coverage) == "2 of 2 (100.0%)"
    assert f"{prison.directorate}, Inpatient" in both.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"setting": "ship"},
        {"since": "2026-05", "until": "2026-04"},
        {"since": "9999-99"},
        {"directorate": "9" * 30},
        {"directorate": "\x00"},
        {"until": "\ud800"},
    ],
)
def test_a_choice_that_is_none_is_an_error_and_the_usual_period_shows(client_as, trust, asked):
    asked = {key: value.encode("utf-8", "surrogatepass") for key, value in asked.items()}
    response = page(client_as("coordinator"), **asked)
    assert "There is a problem" in response.content.decode()
    assert str(response.context["look"].period) == "July 2025 to June 2026"


def test_observer_never_receives_a_small_number_of_people(client_as, trust):
    session = make.SessionFactory(held_on=TODAY - timedelta(days=90), code="SMALL")
    for _ in range(3):
        make.PlaceFactory(
            session=session, reviewer=make.ReviewerFactory(user=None), outcome="attended"
        )
    trained(TODAY - timedelta(days=400))
    coordinator, observer = client_as("coordinator"), client_as("observer")
    seen = page(coordinator)
    assert "0 of 4 (0.0%)" in seen.content.decode()
    assert attendees(seen.context["by_session"].table) == ["1", "3"]

    hidden = page(observer)
    text = hidden.content.decode()
    assert "of 4" not in text
    assert "SMALL" in text
    assert attendees(hidden.context["by_session"].table) == ["not shown"] * 2
    assert [card.words for card in hidden.context["people"]] == ["not shown", "not shown"]
    assert hidden.context["people"][0].beside[0].words == "not shown"
    every = observer.get("/figures/sessions/").context["table"]
    assert attendees(every) == ["not shown"] * 2
    # An earlier day would give away by how many a number has grown.
    assert page(observer, since="2026-01", until="2026-01").context["look"].people_as_at == TODAY


def test_page_costs_the_same_with_much_to_show(client_as, trust, django_assert_num_queries):
    client = client_as("coordinator")
    page(client)
    for month in range(1, 6):
        mark(completed(date(2026, month, 3), lxr={}))
        trained(date(2026, month, 4))
    page(client)
    with CaptureQueriesContext(connection) as captured:
        page(client)
    count = len(captured)
    for month in range(1, 6):
        mark(completed(date(2025, month + 6, 3), lxr={}))
        trained(date(2025, month, 4))
    page(client)
    with django_assert_num_queries(count):
        page(client)


def test_headline_is_the_last_12_months_for_who_may_see_figures(user_as, trust):
    mark(completed(TODAY, lxr={}))
    mark(completed(date(2025, 6, 30)))
    assert str(headline(user_as("coordinator"), NOW).coverage) == "1 of 1 (100.0%)"
    assert headline(user_as("visit_lead"), NOW) is None
