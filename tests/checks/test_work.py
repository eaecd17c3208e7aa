"""The work list: what is on it, what is not, and how a row reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from checks import work_sections
from checks.models import SiteClearance
from checks.queries import due_by
from checks.work import KIND_BY_KEY, Line, days_since, work_on
from checks.work_sections import WorkLink
from notifications.registry import KINDS
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WAITING: dict[str, Any] = {"issued_on": None, "result": "awaiting", "renewal_due_on": None}
ASKED = {**WAITING, "asked_on": TODAY - timedelta(days=2), "applied_on": None}
IN_FORCE: dict[str, Any] = {"decision": "approved", "decided_on": TODAY, "is_in_force": True}


@pytest.fixture
def officer(client_as: Any, time_machine: Any) -> Any:
    time_machine.move_to(NOW)
    client = client_as("checks_officer")
    client.post(reverse("checks:purpose"), {"purpose": "recording"})
    return client


def all_lines() -> list[Line]:
    found, _ = work_on(TODAY, UserFactory())
    return found


def lines(key: str) -> list[tuple[str, str]]:
    return [(line.step.note, line.step.words) for line in all_lines() if line.kind.key == key]


def test_an_id_check_says_its_next_step() -> None:
    DBSCheckFactory(**ASKED)
    DBSCheckFactory(**ASKED, id_check_at=NOW + timedelta(days=1), id_check_how="video")
    DBSCheckFactory(**ASKED, documents_seen=["passport"], identity_seen_on=TODAY)
    DBSCheckFactory(**ASKED, withdrawn_on=TODAY)
    DBSCheckFactory(**ASKED, reviewer=ReviewerFactory(stage="left"))

    assert lines("id-checks") == [
        ("No time arranged yet", "Arrange the ID check"),
        ("By video call, 11am on 11 June 2026", "Tick the documents"),
        ("Documents seen 10 June 2026", "Record the application"),
    ]


def test_a_renewal_goes_from_the_list_once_a_new_check_is_asked_for() -> None:
    due = DBSCheckFactory(renewal_due_on=TODAY + timedelta(days=90))
    DBSCheckFactory(renewal_due_on=TODAY + timedelta(days=91))
    assert lines("renewals") == [("Renewal: Enhanced with barred lists", "Ask for an ID check")]

    stopped = DBSCheckFactory(reviewer=due.reviewer, **ASKED, withdrawn_on=TODAY)
    assert len(lines("renewals")) == 1
    stopped.withdrawn_on = None
    stopped.save()

    assert lines("renewals") == []


CHILD_CHECK = {"level": "enhanced", "workforce": "child"}
BOTH = "adult and child"


@pytest.mark.parametrize(
    ("due", "later", "left"),
    [
        ({}, [{"level": "basic"}], 1),
        ({}, [{"level": "enhanced"}], 1),
        ({"level": "enhanced"}, [{}], 0),
        ({"level": "basic"}, [CHILD_CHECK], 0),
        ({"level": "standard", "workforce": "other"}, [CHILD_CHECK], 0),
        ({"level": "enhanced"}, [CHILD_CHECK], 1),
        ({"level": "enhanced"}, [{"workforce": BOTH}], 0),
        (CHILD_CHECK, [{"workforce": "other"}], 1),
        ({"workforce": "other"}, [{"workforce": BOTH}], 1),
        ({"level": "enhanced", "workforce": BOTH}, [CHILD_CHECK], 1),
        ({"level": "enhanced", "workforce": BOTH}, [CHILD_CHECK, {}], 0),
        ({"level": "enhanced", "workforce": BOTH}, [{"workforce": BOTH}], 0),
    ],
)
def test_only_a_check_that_does_for_the_same_is_its_renewal(
    due: dict[str, str], later: list[dict[str, str]], left: int
) -> None:
    check = DBSCheckFactory(renewal_due_on=TODAY, **due)
    for days, fields in enumerate(later):
        applied_on = TODAY - timedelta(days=20 - days)
        DBSCheckFactory(reviewer=check.reviewer, applied_on=applied_on, issued_on=TODAY, **fields)

    assert len(lines("renewals")) == left
    assert set(KINDS["check-renewal"].holding({check.pk}, NOW)) == ({check.pk} if left else set())


def test_two_checks_of_different_workforces_are_each_renewed() -> None:
    adult = DBSCheckFactory(level="enhanced", renewal_due_on=TODAY)
    child = DBSCheckFactory(
        reviewer=adult.reviewer,
        **CHILD_CHECK,
        applied_on=adult.applied_on + timedelta(days=9),
        renewal_due_on=TODAY,
    )

    assert set(due_by(TODAY)) == {adult, child}


def test_status_checks_are_due_within_thirty_days() -> None:
    for days in (30, 31):
        DBSCheckFactory(update_consent_on=TODAY, status_due_on=TODAY + timedelta(days=days))

    assert lines("status-checks") == [("Not checked yet", "Record the status check")]


def test_an_assessment_says_who_looks_after_it() -> None:
    officer = UserFactory(name="Jo Park")
    AssessmentFactory(owner=officer)
    AssessmentFactory()
    AssessmentFactory(**IN_FORCE)

    assert lines("assessments") == [
        ("Jo Park looks after it", "Record the decision"),
        ("Nobody looks after it", "Record the decision"),
    ]


def test_a_decision_is_looked_at_again_until_somebody_begins() -> None:
    due = AssessmentFactory(**IN_FORCE, review_on=TODAY + timedelta(days=30))
    AssessmentFactory(**IN_FORCE, review_on=TODAY + timedelta(days=31))
    assert len(lines("reviews")) == 1

    AssessmentFactory(check_made=due.check_made, round=2)

    assert lines("reviews") == []
    assert lines("assessments") == [("Nobody looks after it, asked again", "Record the decision")]


def test_people_are_to_be_told_what_was_decided() -> None:
    second = UserFactory()
    AssessmentFactory(**IN_FORCE, approved_by=second, approved_at=NOW)
    AssessmentFactory(**IN_FORCE, approved_by=second, approved_at=NOW, told_on=TODAY)

    assert lines("tell") == [("Ring them", "Record that you told them")]


def test_conditions_that_were_not_brought_in_are_recorded_before_they_are_told() -> None:
    assessment = AssessmentFactory(
        **{**IN_FORCE, "decision": "approved with conditions"}, is_missing_conditions=True
    )
    assert lines("conditions") == [("HR has them", "Record the conditions")]
    assert lines("tell") == []

    assessment.is_missing_conditions = False
    assessment.save()

    assert lines("conditions") == []
    assert lines("tell") == [("Ring them", "Record that you told them")]


@pytest.mark.parametrize(
    ("decided", "is_listed"),
    [
        ({"decision": "not approved"}, True),
        ({"decision": "approved", "approved_until": TODAY + timedelta(days=9)}, True),
        ({"decision": "approved"}, False),
    ],
)
def test_a_limit_that_was_imported_is_told_too(decided: Any, is_listed: bool) -> None:
    AssessmentFactory(**{**IN_FORCE, **decided, "decided_on": TODAY - timedelta(days=30)})

    told = [line.when for line in all_lines() if line.kind.key == "tell"]
    assert told == ["11 May 2026, 30 days ago"] * is_listed


def test_a_site_is_reminded_after_four_weeks_of_silence() -> None:
    site = SiteFactory(name="Northgate", asks="vetting")

    def ask(days: int, **given: Any) -> None:
        SiteClearance.objects.create(
            reviewer=ReviewerFactory(), site=site, applied_on=TODAY - timedelta(days=days), **given
        )

    ask(28)
    ask(27)
    ask(90, reminded_on=TODAY - timedelta(days=27))
    ask(90, reminded_on=TODAY - timedelta(days=28))
    ask(90, rung="cleared", decided_on=TODAY)

    assert lines("sites") == [
        ("Northgate, reminded 13 May 2026", "Remind the site"),
        ("Northgate", "Remind the site"),
    ]


def test_who_may_go_only_escorted_or_not_now_is_told() -> None:
    for rung in ("cleared", "not needed", "escorted only", "not at this site for now"):
        SiteClearance.objects.create(
            reviewer=ReviewerFactory(),
            site=SiteFactory(name=rung, asks="vetting"),
            rung=rung,
            decided_on=TODAY,
        )

    assert [note for note, _ in lines("sites-tell")] == [
        "escorted only",
        "not at this site for now",
    ]


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "1 day ago"), (30, "30 days ago")])
def test_waiting_is_said_in_days(days: int, words: str) -> None:
    assert days_since(TODAY - timedelta(days=days), TODAY) == words


def test_what_waits_longest_comes_first_whatever_it_is() -> None:
    SiteClearance.objects.create(
        reviewer=ReviewerFactory(),
        site=SiteFactory(asks="vetting"),
        applied_on=TODAY - timedelta(days=40),
    )
    DBSCheckFactory(**WAITING, applied_on=TODAY - timedelta(days=41))
    DBSCheckFactory(renewal_due_on=TODAY + timedelta(days=9))
    AssessmentFactory(opened_on=TODAY - timedelta(days=3))
    DBSCheckFactory(renewal_due_on=TODAY - timedelta(days=1))

    assert [(line.kind.key, line.when, line.tag) for line in all_lines()] == [
        ("applications", "30 April 2026, 41 days ago", ""),
        ("sites", "1 May 2026, 40 days ago", ""),
        ("assessments", "7 June 2026, 3 days ago", ""),
        ("renewals", "9 June 2026", "Overdue"),
        ("renewals", "19 June 2026", ""),
    ]


@pytest.mark.parametrize("waiting", [50, 51])
def test_fifty_are_shown_and_the_rest_is_a_page_away(officer: Any, waiting: int) -> None:
    for n in range(waiting):
        DBSCheckFactory(**WAITING, applied_on=TODAY - timedelta(days=100 - n))

    page = officer.get(reverse("checks:list")).content.decode()
    rest = officer.get(reverse("checks:kind", args=["applications"])).content.decode()

    assert page.count("Record the certificate") == 50
    assert ("These have waited longest." in page) == (waiting > 50)
    assert reverse("checks:kind", args=["applications"]) in page
    assert rest.count("Record the certificate") == 50
    assert officer.get(reverse("checks:kind", args=["nothing"])).status_code == 404


def test_whoever_is_not_shown_is_not_on_record_as_looked_at(officer: Any) -> None:
    shown = [
        DBSCheckFactory(**WAITING, applied_on=TODAY - timedelta(days=100 - n)).reviewer_id
        for n in range(53)
    ][:50]

    officer.get(reverse("checks:list"))

    looked_at = Event.objects.filter(action="looked at the checks work list")
    assert set(looked_at.values_list("person_id", flat=True)) == set(shown)


def test_the_list_of_today_is_not_yesterdays(officer: Any, time_machine: Any) -> None:
    """How the list is asked for is kept for the day."""
    DBSCheckFactory(renewal_due_on=TODAY + timedelta(days=91))
    ask = "Ask for an ID check"
    assert ask not in officer.get(reverse("checks:list")).content.decode()

    time_machine.move_to(NOW + timedelta(days=1))

    assert ask in officer.get(reverse("checks:list")).content.decode()


def test_every_kind_has_its_page(officer: Any) -> None:
    for key, kind in KIND_BY_KEY.items():
        page = officer.get(reverse("checks:kind", args=[key])).content.decode()
        assert kind.done in page


def test_floors_above_can_leave_a_link(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_sections, "LINKS", {})
    monkeypatch.setattr("checks.views.pages.LINKS", work_sections.LINKS)
    work_sections.register(WorkLink("What would open most", "home"))

    assert "What would open most" in officer.get(reverse("checks:list")).content.decode()
    with pytest.raises(ValueError, match="already a link"):
        work_sections.register(WorkLink("Once more", "home"))
