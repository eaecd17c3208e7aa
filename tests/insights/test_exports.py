"""Each table of the figures pages as a file: what its page shows, safe to open."""

import csv
import html
import io
import re
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest
import time_machine
from openpyxl import load_workbook

from feedback.models import Theme
from insights.exports import TABLES
from insights.partnership import operations as partnership
from reviews.changed import mark
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.forecasts import keep, outlook_of
from tests.insights.partners import OtherPortal
from tests.insights.programmes import completed, put_on, trained

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme(trust):
    """Two settings of one directorate, whose name begins like a formula."""
    directorate = make.DirectorateFactory(name="=Forensic")
    prison = make.ServiceFactory(directorate=directorate, setting="prison")
    ward = make.ServiceFactory(directorate=directorate, setting="inpatient")
    review = completed(date(2026, 5, 2), service=ward)
    put_on(review, reviewer=trained(date(2026, 4, 1)))
    for day in (date(2026, 5, 3), date(2026, 4, 3)):
        make.AnswerFactory(review=completed(day, service=prison), impact=8, how="imported")
    for each in (review, *prison.reviews.all()):
        mark(each)
    return prison


def taken(client, address, asked=None):
    response = client.get(address, asked)
    assert (response.status_code, response.streaming) == (200, True)
    return b"".join(response.streaming_content)


def as_csv(client, key, **asked):
    text = taken(client, f"/figures/tables/{key}.csv", asked).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def as_xlsx(client, key, **asked):
    content = taken(client, f"/figures/tables/{key}.xlsx", asked)
    rows = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in rows]


def test_a_share_is_its_numbers_each_in_a_column(client_as, programme):
    rows = as_csv(client_as("observer"), "coverage-by-directorate", since="2026-05")
    assert rows[0] == [
        "Directorate",
        "Coverage: completed reviews at which at least one LXR attended, in person or remotely",
        "Coverage: completed reviews",
        "Coverage: %",
        "Coverage: 95% interval from, %",
        "Coverage: 95% interval to, %",
        "Assigned coverage: completed reviews on which at least one LXR had accepted",
        "Assigned coverage: completed reviews",
        "Assigned coverage: %",
    ]
    assert rows[1:] == [["'=Forensic", "1", "2", "50.0", "9.5", "90.5", "1", "2", "50.0"]]


def test_numbers_stay_numbers_in_a_workbook(client_as, programme):
    _, *rows = as_xlsx(client_as("observer"), "coverage-by-month", since="2026-04", until="2026-05")
    assert [(row[0].date(), *row[1:]) for row in rows] == [
        (date(2026, 4, 1), 0, 1, 0),
        (date(2026, 5, 1), 1, 2, 50),
    ]


def test_a_file_respects_the_filters_and_says_them(client_as, programme):
    client = client_as("coordinator")
    asked = {"since": "2026-04", "until": "2026-05", "setting": "prison"}
    assert [row[1:4] for row in as_csv(client, "coverage-by-month", **asked)[1:]] == [
        ["0", "1", "0.0"]
    ] * 2
    response = client.get("/figures/tables/coverage-by-month.csv", asked)
    assert response["Content-Disposition"] == (
        'attachment; filename="coverage-by-month-2026-04-2026-05-prison.csv"'
    )


def test_a_file_hides_what_its_page_hides(client_as, programme):
    coordinator, observer = client_as("coordinator"), client_as("observer")
    assert as_csv(coordinator, "impact")[1][:3] == ["Reviewed services", "8.00", "2"]
    assert as_csv(observer, "impact")[1][:3] == ["Reviewed services", "not shown", "2"]
    by_directorate = "impact-by-directorate"
    assert as_csv(coordinator, by_directorate)[1][1:] == ["8.00", "2", "", "0"]
    assert observer.get(f"/figures/tables/{by_directorate}.csv").status_code == 404
    assert as_csv(coordinator, "attendees-per-session")[1][-1] == "1"
    assert as_xlsx(observer, "attendees-per-session")[1][-1] == "not shown"
    assert as_csv(coordinator, "days-to-a-first-visit")[1] == ["Been on a visit", "1", "1", "100.0"]
    assert as_csv(observer, "days-to-a-first-visit")[1:] == [
        ["Been on a visit"] + ["not shown"] * 3
    ]
    assert observer.get("/figures/tables/trained-over-time.csv").status_code == 404


def test_every_session_is_in_the_file_and_not_only_those_on_the_page(
    client_as, trust, django_assert_num_queries
):
    for number in range(20):
        make.SessionFactory(held_on=TODAY - timedelta(days=number))
    client = client_as("coordinator")
    assert len(as_csv(client, "attendees-per-session")) == 21
    with django_assert_num_queries(6):  # who asks twice, what there is thrice, the sessions
        as_csv(client, "attendees-per-session")


@pytest.mark.parametrize(
    "path",
    [
        "/figures/",
        "/figures/missed/",
        "/figures/ratings/",
        "/figures/rates/",
        "/figures/funnel/",
        "/figures/training/",
        "/figures/change/",
        "/figures/forecast/",
    ],
)
def test_each_table_of_a_page_has_its_files_beside_it(client_as, programme, path):
    keep(outlook_of(programme.directorate_id, ready=2))
    client = client_as("coordinator")
    page = client.get(path, {"since": "2026-04"}).content.decode()
    links = re.findall(r'href="(/figures/tables/[^"]+)"', page)
    assert page.count("<caption") * 2 == len(links) > 0
    for link in links:
        address, _, asked = html.unescape(link).partition("?")
        assert taken(client, address, dict(parse_qsl(asked)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("key", [key for key in TABLES if not key.startswith("trusts-by-")])
def test_every_table_is_there_with_nothing_in_it(client_as, trust, key, kind):
    assert taken(client_as("coordinator"), f"/figures/tables/{key}.{kind}")


def test_themes_are_taken_away_as_their_page_counts_them(client_as, programme):
    answer = make.AnswerFactory(
        review=completed(date(2026, 5, 4), service=programme), comment="Kind."
    )
    answer.remarks.get().themes.add(Theme.objects.create(name="+Being heard"))
    client = client_as("coordinator")
    page = client.get("/feedback/themes/", {"audience": "team"}).text
    links = re.findall(r'href="(/figures/tables/[^"]+)"', page)
    assert len(links) == 2
    address, _, asked = html.unescape(links[0]).partition("?")
    rows = list(csv.reader(io.StringIO(taken(client, address, dict(parse_qsl(asked))).decode())))
    assert [row[1:] for row in rows] == [
        ["Offered", "Comments", "Reviewed services", "Quality team", "LXRs"],
        ["yes", "1", "1", "0", "0"],
    ]
    assert rows[1][0] == "'+Being heard"
    assert as_csv(client, "comments-by-theme", audience="lxr")[1][2] == "0"


def test_trusts_by_name_are_taken_away_as_their_page_shows_them(client_as, trust):
    portal, by = OtherPortal(), make.UserFactory(roles=["quality_lead"])
    partnership.add_partner(name="Eastmoor", public_key=portal.public_key, by=by, now=NOW)
    partnership.receive(document=portal.file(), by=by, now=NOW)
    client = client_as("observer")

    page = client.get("/figures/partners/compare/", {"setting": "prison"}).text

    links = [html.unescape(each) for each in re.findall(r'href="(/figures/tables/[^"]+)"', page)]
    assert len(links) == 4
    assert taken(client, links[0]).decode("utf-8-sig").splitlines()[1:] == [
        "A. This trust,0,0,,Nothing to show",
        "B. Eastmoor,0,2,0.0,Nothing to show",
    ]
    assert client.get(links[1])["Content-Disposition"] == (
        'attachment; filename="trusts-by-coverage-2025-06.2026-05-prison.xlsx"'
    )
    assert taken(client, links[2]).decode("utf-8-sig").splitlines()[1:] == [
        "A. This trust,not shown,not shown,not shown,Nothing to show",
        "B. Eastmoor,15,36,41.7,Nothing to show",
    ]


@pytest.mark.parametrize("key", ["comments-by-theme", "responses-team", "responses-lxr"])
def test_whoever_may_not_open_the_page_has_no_file_of_it(client_as, trust, key):
    for kind in ("csv", "xlsx"):
        assert client_as("observer").get(f"/figures/tables/{key}.{kind}").status_code == 404


@pytest.mark.parametrize("path", ["nothing.csv", "impact.pdf", "impact.xls"])
def test_there_is_no_other_file(client_as, trust, path):
    assert client_as("coordinator").get(f"/figures/tables/{path}").status_code == 404


def test_nonsense_in_the_address_is_the_usual_period(client_as, programme):
    rows = as_csv(client_as("coordinator"), "coverage-by-month", setting="=1+1", since="x")
    assert len(rows) == 13
