"""Why no LXR took part: by reason, directorate, setting, month and site; what observers read."""

from datetime import date

import pytest
import time_machine

from insights.counting import count_sites
from insights.periods import Period
from reviews.changed import mark
from reviews.models import Review
from tests import factories as make
from tests.factories import NOW
from tests.insights.programmes import completed
from tests.insights.test_exports import as_csv

pytestmark = pytest.mark.django_db
YEAR = {"since": "2026-01", "until": "2026-06"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def missed(on, service, reason):
    review = completed(on, service=service)
    Review.objects.filter(pk=review.pk).update(gap_reason=reason)
    mark(review)


@pytest.fixture
def programme(trust):
    """A prison that was missed twice, a ward once; a community team that was covered."""
    forensic = make.DirectorateFactory(name="Forensic")
    gate = make.ServiceFactory(
        directorate=forensic, setting="prison", site=make.SiteFactory(name="HMP Gate")
    )
    ward = make.ServiceFactory(
        directorate=make.DirectorateFactory(name="Acute"), setting="inpatient"
    )
    missed(date(2026, 3, 2), gate, "checks or site access")
    missed(date(2026, 5, 4), gate, "checks or site access")
    missed(date(2026, 5, 9), ward, "declined")
    team = make.ServiceFactory(directorate=forensic, setting="community")
    mark(completed(date(2026, 5, 5), service=team, lxr={}))
    return gate


def rows(page, name):
    part = page.context[name]
    return [[cell.words for cell in row] for row in getattr(part, "table", part).shown]


def look(client, **asked):
    return client.get("/figures/missed/", {**YEAR, **asked})


def test_reasons_by_directorate_setting_and_month(client_as, programme):
    page = look(client_as("coordinator"))
    assert page.context["by_reason"].finding == (
        "3 of 4 completed reviews had no LXR, most often: checks or site access (2)"
    )
    assert rows(page, "by_reason") == [
        ["Checks or site access", "2 of 3 (66.7%)"],
        ["Could not come when asked", "1 of 3 (33.3%)"],
    ]
    assert page.context["by_directorate"].finding == (
        "Most reviews without an LXR were in Forensic (2 of 3)"
    )
    assert rows(page, "by_directorate") == [
        ["Acute", "1 of 1 (100.0%)", "Could not come when asked (1)"],
        ["Forensic", "2 of 3 (66.7%)", "Checks or site access (2)"],
    ]
    assert rows(page, "by_setting") == [
        ["Community", "0 of 1 (0.0%)", "–"],
        ["Inpatient", "1 of 1 (100.0%)", "Could not come when asked (1)"],
        ["Secure", "no review", "–"],
        ["Prison", "2 of 2 (100.0%)", "Checks or site access (2)"],
    ]
    assert page.context["by_month"].finding == "2 of 2 months with reviews had one without an LXR"
    assert rows(page, "by_month")[4] == [
        "May 2026",
        "2 of 3 (66.7%)",
        "Checks or site access (1), Could not come when asked (1)",
    ]


def test_secure_and_prison_sites_stand_on_their_own(client_as, programme):
    page = look(client_as("coordinator"))
    assert page.context["harder_to_reach"].finding == (
        "2 of 2 completed reviews had no LXR, most often: checks or site access (2)"
    )
    assert rows(page, "by_site") == [
        ["HMP Gate (prison)", "2 of 2 (100.0%)", "Checks or site access (2)"]
    ]
    acute = make.ServiceFactory().directorate
    assert rows(look(client_as("coordinator"), directorate=acute.pk), "by_site") == []


def test_observer_reads_other_where_a_reason_names_checks_and_every_count(client_as, programme):
    observer = client_as("observer")
    page = look(observer)
    assert "hecks or site access" not in page.content.decode()
    assert rows(page, "by_reason")[0] == ["Another reason", "2 of 3 (66.7%)"]
    assert rows(page, "by_site") == [["HMP Gate (prison)", "2 of 2 (100.0%)", "Another reason (2)"]]
    taken = as_csv(observer, "missed-by-setting", **YEAR)
    assert "Checks or site access" not in taken[0]
    assert dict(zip(*taken[::4], strict=True))["Another reason"] == "2"
    assert "Checks or site access" in as_csv(client_as("coordinator"), "missed-by-setting")[0]


def test_setting_narrows_the_reasons(client_as, programme):
    page = look(client_as("coordinator"), setting="prison")
    assert rows(page, "by_reason") == [["Checks or site access", "2 of 2 (100.0%)"]]
    assert rows(page, "by_directorate")[0] == ["Acute", "no review", "–"]


def test_nothing_missed_is_nothing_to_explain(client_as, trust):
    client = client_as("coordinator")
    assert "There is no completed review in this period" in look(client).content.decode()
    mark(completed(date(2026, 5, 5), lxr={}))
    assert "There is nothing to explain." in look(client).content.decode()


def test_sites_are_counted_in_two_queries(programme, django_assert_num_queries):
    other = make.ServiceFactory(setting="secure", site=programme.site)
    completed(date(2026, 5, 7), service=other, lxr={})
    completed(date(2026, 5, 8), service=programme, lxr={"attended": False})
    with django_assert_num_queries(2):
        found = count_sites(Period(date(2026, 5, 1), date(2026, 5, 31)))
    assert {key: str(counts.missed) for key, counts in found.items()} == {
        ("HMP Gate", "prison"): "2 of 2 (100.0%)",
        ("HMP Gate", "secure"): "0 of 1 (0.0%)",
    }
    assert found["HMP Gate", "prison"].missed_not_recorded == 1


def test_two_reasons_as_often_are_both_said(client_as, programme):
    missed(date(2026, 6, 1), programme, "declined")
    assert look(client_as("coordinator")).context["by_reason"].finding == (
        "4 of 5 completed reviews had no LXR, most often: checks or site access and could not come "
        "when asked (2 each)"
    )
