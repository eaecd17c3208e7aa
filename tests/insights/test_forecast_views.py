"""The page “What would it take?”: worked out, kept, shown; small numbers of people hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from insights import tasks
from insights.forecast.findings import as_kept
from insights.forecast.operations import KIND, make_forecast
from insights.forecast.outlook import Outlook, Range
from insights.forecast.queries import latest_forecast
from insights.models import Forecast
from jobs import operations as jobs
from jobs.models import Job
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.forecasts import NEVER, findings_of, keep, outlook_of
from tests.insights.programmes import completed

pytestmark = pytest.mark.django_db
URL = "/figures/forecast/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def forensic():
    return make.DirectorateFactory(name="Forensic")


@pytest.fixture
def community():
    return make.DirectorateFactory(name="Community")


def text(client):
    response = client.get(URL)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_before_the_first_night_the_page_says_how_to_have_it(client_as, trust):
    assert "You can also have it done now." in text(client_as("coordinator"))
    observer = text(client_as("observer"))
    assert "Nothing has been worked out yet. It is done each night." in observer
    assert "Work it out now" not in observer


def test_finding_comes_first(client_as, trust, forensic, community):
    keep(outlook_of(forensic.pk, ready=2), outlook_of(community.pk, ready=9))
    page = text(client_as("coordinator"))
    assert (
        "To have somebody on 9 of 10 visits in Forensic you need about 2 to 6 ready people; "
        "there are 2" in page
    )
    assert "1 for an even chance, 4 to be nearly sure" in page
    assert "7 (with 2 on each visit)" in page
    assert "One step away: 15 with the checks team." in page
    assert "Checks begun today may be done by 10 July 2026: 1 of 2 visits come after that." in page
    assert "New people join now: 8 March 2026 has passed. Who joins today may be trained by" in page
    assert "26 September 2026: 0 of 2 visits come after that." in page
    assert "What happened lay in the range 1 of 1 time." in page
    assert "off by 1.1 of 10 visits" in page
    assert "As at 10 June 2026" in page


def test_observer_never_receives_a_small_number_of_people(client_as, trust, forensic, community):
    keep(
        outlook_of(forensic.pk, ready=2, answers=3),
        outlook_of(community.pk, ready=9, ready_everywhere=3),
    )
    response = client_as("observer").get(URL)
    hidden, shown = sorted(response.context["rows"], key=lambda row: row.name, reverse=True)
    assert (hidden.ready, hidden.everywhere, hidden.steps, hidden.by_when) == (None, None, "", "")
    assert (hidden.covered, hidden.more, hidden.asked, hidden.comes) == (
        "not shown", "not shown", None, "",
    )  # fmt: skip
    assert (shown.ready, shown.everywhere, shown.steps) == (9, None, "")
    page = " ".join(response.content.decode().split())
    assert "you need about 2 to 6 ready people</h2>" in page
    assert "2 ready" not in page
    assert "One step away" not in page
    assert "there are 2" not in page


def test_whole_programme_would_give_away_what_is_hidden(client_as, trust, forensic, community):
    keep(outlook_of(community.pk, ready=9))
    assert "9 people are ready for one of these visits at least" in text(client_as("observer"))
    keep(outlook_of(forensic.pk, ready=2), outlook_of(community.pk, ready=9))
    assert "11 people are ready for one of these visits" in text(client_as("coordinator"))
    assert "ready for one of these" not in text(client_as("observer"))


def test_where_enough_are_ready(client_as, trust, community):
    keep(outlook_of(community.pk, ready=9))
    page = text(client_as("coordinator"))
    assert "Enough people are ready for 9 of 10 visits in the directorate with visits" in page
    assert "One step away" not in page


def test_where_no_number_is_enough(client_as, trust, forensic):
    keep(outlook_of(forensic.pk, ready=2, needs=NEVER))
    page = text(client_as("coordinator"))
    assert "More people alone do not bring somebody to 9 of 10 visits in Forensic" in page
    assert "more people alone do not do it" in page


def test_no_visit_and_no_answer(client_as, trust, forensic):
    keep()
    assert "No visit is planned for the next 12 months." in text(client_as("coordinator"))
    make_forecast(now=NOW)
    page = text(client_as("coordinator"))
    assert "Nobody has been asked to a visit that has taken place yet" in page


def test_directorate_that_is_no_more_is_left_out(client_as, trust, forensic):
    keep(outlook_of(forensic.pk, ready=2), outlook_of(forensic.pk + 1000, ready=2))
    response = client_as("coordinator").get(URL)
    assert [row.name for row in response.context["rows"]] == ["Forensic"]


def test_few_answers_are_called_few(client_as, trust, forensic):
    keep(outlook_of(forensic.pk, ready=2))
    assert "Few answers" not in text(client_as("coordinator"))
    few = replace(findings_of([]).answers, said_yes=findings_of([]).answers.came)
    keep(outlook_of(forensic.pk, ready=2), answers=replace(few, said_yes=replace(few.came, of=29)))
    assert "Few answers stand behind this" in text(client_as("coordinator"))


def test_what_was_found_is_kept_as_it_is(forensic):
    findings = findings_of([outlook_of(forensic.pk, ready=2)])
    made = keep(*findings.outlook.directorates)
    made.refresh_from_db()
    assert latest_forecast().findings == findings
    assert str(made) == "2026-06-10"


def test_forecast_kept_in_another_form_is_not_shown(client_as, trust, forensic):
    found = as_kept(findings_of([outlook_of(forensic.pk, ready=2)]))
    Forecast.objects.create(as_at=TODAY, made_at=NOW, found={**found, "version": 0})
    assert latest_forecast() is None
    assert "Nothing has been worked out yet" in text(client_as("observer"))


def test_each_forecast_replaces_the_one_before(trust):
    review = completed(TODAY - timedelta(days=30), lxr={})
    make.ReviewFactory(service=review.service)
    first = make_forecast(now=NOW)
    second = make_forecast(now=NOW + timedelta(hours=1))
    assert list(Forecast.objects.all()) == [second]
    assert first.found == second.found
    assert latest_forecast().as_at == TODAY


def test_nightly_works_it_out(trust):
    tasks.nightly()
    assert latest_forecast().findings.outlook == Outlook(0, 0, Range(0, 0, 0), [])


def test_coordinator_has_it_worked_out(client_as, trust):
    client = client_as("coordinator")
    response = client.post(f"{URL}again/")
    job = Job.objects.get(kind=KIND)
    assert response.url == f"/jobs/{job.pk}/"
    assert client.post(f"{URL}again/").url == response.url  # the same while it goes on
    jobs.run(job_id=job.pk, clock=timezone.now)
    assert client.get(response.url).context["done_url"] == URL
    assert latest_forecast() is not None
    client.post(f"{URL}again/")
    assert Job.objects.filter(kind=KIND).count() == 2


def test_progress_is_told(trust):
    make.ReviewFactory()
    told = []
    make_forecast(now=NOW, progress=lambda per_cent, step: told.append((per_cent, step)))
    assert told == [
        (0, "Counting visits, answers and people"),
        (10, "Playing the coming year many times"),
        (80, "Holding it against the past"),
    ]
