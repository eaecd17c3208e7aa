"""The clock of a check's outcome: the decision and six months, to the day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from audit.models import Event
from checks.models import Condition, DBSCheck
from checks.readiness import is_ready
from organisation.models import TrustSettings
from programme.retention import running
from programme.retention.terms import last_day_before
from reviewers.models import Reviewer
from tests.factories import AssessmentFactory, DBSCheckFactory, UserFactory

NUMBER = "001234567890"
DECIDED = date(2026, 1, 20)
pytestmark = pytest.mark.django_db


def run_on(day):
    """The nightly run, at ten past three in London."""
    now = datetime.combine(day, time(3, 10), ZoneInfo("Europe/London"))
    return running.run(now=now)


def number_of(check):
    return DBSCheck.objects.get(pk=check.pk).reference_number


@pytest.fixture
def blank():
    return DBSCheckFactory(
        applied_on=DECIDED - timedelta(days=40),
        issued_on=DECIDED,
        reference_number=NUMBER,
        documents_seen=["passport", "proof of address"],
        identity_seen_on=DECIDED - timedelta(days=41),
        id_check_place="Market House",
        renewal_due_on=None,
    )


@pytest.fixture
def disclosed():
    """Issued long before HR decided on DECIDED: not in prisons."""
    check = DBSCheckFactory(
        applied_on=DECIDED - timedelta(days=200),
        issued_on=DECIDED - timedelta(days=150),
        result="disclosure",
        reference_number=NUMBER,
        renewal_due_on=None,
    )
    assessment = AssessmentFactory(
        check_made=check,
        opened_on=DECIDED - timedelta(days=150),
        decision="approved with conditions",
        decided_on=DECIDED,
        decided_by=UserFactory(),
        is_in_force=True,
        document_reference="HR-2026-0017",
    )
    Condition.objects.create(assessment=assessment, not_setting="prison", words="Canary words")
    return check


class TestTheClock:
    def test_a_blank_certificate_is_decided_the_day_it_is_issued(self, blank, trust):
        run_on(DECIDED + relativedelta(months=6) - timedelta(days=1))
        assert number_of(blank) == NUMBER

        run_on(DECIDED + relativedelta(months=6))
        assert number_of(blank) == ""

    def test_it_is_gone_a_day_later_as_well(self, blank, trust):
        run_on(DECIDED + relativedelta(months=6) + timedelta(days=1))
        assert number_of(blank) == ""

    def test_what_was_seen_and_where_goes_with_it_and_when_stays(self, blank, trust):
        run_on(DECIDED + relativedelta(months=6) - timedelta(days=1))
        blank.refresh_from_db()
        seen_on = blank.identity_seen_on
        assert blank.documents == ["Passport", "Proof of address"]
        assert blank.id_check_place == "Market House"

        run_on(DECIDED + relativedelta(months=6) + timedelta(days=1))
        blank.refresh_from_db()
        assert (blank.documents_seen, blank.id_check_place) == ([], "")
        assert (blank.identity_seen_on, blank.result) == (seen_on, "clear")
        assert run_on(DECIDED + relativedelta(months=7))["checks.dbscheck"] == 0

    def test_an_application_that_was_stopped_is_over_that_day(self, trust):
        stopped = DBSCheckFactory(
            asked_on=DECIDED,
            applied_on=None,
            issued_on=None,
            result="awaiting",
            renewal_due_on=None,
            documents_seen=["passport"],
            withdrawn_on=DECIDED,
        )
        run_on(DECIDED + relativedelta(months=6) - timedelta(days=1))
        stopped.refresh_from_db()
        assert stopped.documents_seen == ["passport"]

        run_on(DECIDED + relativedelta(months=6))
        stopped.refresh_from_db()
        assert (stopped.documents_seen, stopped.withdrawn_on) == ([], DECIDED)

    def test_a_disclosure_is_decided_by_hr(self, disclosed, trust):
        run_on(DECIDED + relativedelta(months=6) - timedelta(days=1))
        assert number_of(disclosed) == NUMBER
        assert disclosed.assessments.get().document_reference == "HR-2026-0017"

        run_on(DECIDED + relativedelta(months=6) + timedelta(days=1))
        assert number_of(disclosed) == ""
        assert disclosed.assessments.get().document_reference == ""

    @pytest.mark.parametrize(
        ("decided", "gone"),
        [
            (date(2025, 8, 28), date(2026, 2, 28)),
            (date(2025, 8, 29), date(2026, 2, 28)),
            (date(2025, 8, 31), date(2026, 2, 28)),
            (date(2025, 9, 1), date(2026, 3, 1)),
            (date(2023, 8, 31), date(2024, 2, 29)),
            (date(2025, 3, 31), date(2025, 9, 30)),
        ],
    )
    def test_months_end_where_they_end(self, blank, trust, decided, gone):
        DBSCheck.objects.filter(pk=blank.pk).update(
            applied_on=decided - timedelta(days=9), issued_on=decided
        )
        run_on(gone - timedelta(days=1))
        assert number_of(blank) == NUMBER

        run_on(gone)
        assert number_of(blank) == ""

    def test_every_day_of_four_years_counts_forwards_as_it_counts_back(self):
        for offset in range(4 * 366):
            day = date(2023, 1, 1) + timedelta(days=offset)
            for period in (relativedelta(months=6), relativedelta(months=1, days=1)):
                last = last_day_before(day, period)
                assert last + period <= day < last + timedelta(days=1) + period

    def test_the_trust_says_how_many_months(self, blank, trust):
        TrustSettings.objects.update(outcome_kept_months=2)
        run_on(DECIDED + relativedelta(months=2) - timedelta(days=1))
        assert number_of(blank) == NUMBER

        run_on(DECIDED + relativedelta(months=2))
        assert number_of(blank) == ""


class TestWhatStays:
    def test_level_dates_decision_and_conditions_in_force_stay(self, disclosed, trust):
        before = DBSCheck.objects.filter(pk=disclosed.pk).values().get()
        run_on(DECIDED + relativedelta(months=9))

        after = DBSCheck.objects.filter(pk=disclosed.pk).values().get()
        assert after == before | {"reference_number": ""}
        assessment = disclosed.assessments.get()
        assert (assessment.decision, assessment.decided_on, assessment.is_in_force) == (
            "approved with conditions",
            DECIDED,
            True,
        )
        assert Condition.objects.get().words == "Canary words"

    def test_readiness_does_not_change(self, disclosed, blank, trust):
        later = DECIDED + relativedelta(months=9)
        ready = Reviewer.objects.filter(is_ready(on=later, trust=trust)).order_by("pk")
        before = list(ready)
        assert len(before) == 2

        run_on(later)
        assert list(ready) == before

    def test_what_is_not_decided_has_no_clock(self, trust):
        check = DBSCheckFactory(
            result="disclosure",
            applied_on=DECIDED - timedelta(days=200),
            issued_on=DECIDED - timedelta(days=150),
            reference_number=NUMBER,
        )
        AssessmentFactory(check_made=check, opened_on=DECIDED)
        run_on(DECIDED + relativedelta(years=3))
        assert number_of(check) == NUMBER

    def test_a_decision_that_is_looked_at_again_keeps_what_it_needs(self, disclosed, trust):
        AssessmentFactory(check_made=disclosed, round=2, opened_on=DECIDED + timedelta(days=90))
        run_on(DECIDED + relativedelta(months=9))

        assert number_of(disclosed) == NUMBER
        first = disclosed.assessments.get(round=1)
        assert first.document_reference == "HR-2026-0017"

    @pytest.mark.parametrize(("days", "stays"), [(-1, True), (1, False)])
    def test_a_condition_goes_six_months_after_its_last_day(self, disclosed, trust, days, stays):
        Condition.objects.update(until=DECIDED)
        run_on(DECIDED + relativedelta(months=6) + timedelta(days=days))
        assert Condition.objects.exists() is stays


def test_the_event_names_the_field_and_no_value(disclosed, trust):
    run_on(DECIDED + relativedelta(months=7))

    event = Event.objects.get(object_type="checks.dbscheck", object_id=str(disclosed.pk))
    assert (event.action, event.fields, event.actor_id, event.person_id) == (
        "cleared by the retention rule",
        ["documents_seen", "id_check_place", "reference_number"],
        None,
        disclosed.reviewer_id,
    )


def test_a_second_run_changes_nothing_and_records_nothing(disclosed, blank, trust):
    run_on(DECIDED + relativedelta(months=7))
    events = Event.objects.count()

    assert set(run_on(DECIDED + relativedelta(months=7)).values()) == {0}
    assert Event.objects.count() == events
