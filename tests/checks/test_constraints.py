"""What the tables of checks refuse: one row that breaks each rule."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from checks.models import ClearanceTick, Condition, SiteClearance
from organisation.models import SiteFormItem
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

BEFORE = TODAY - timedelta(days=400)
ASKED: dict[str, Any] = {
    "asked_on": TODAY,
    "applied_on": None,
    "issued_on": None,
    "result": "awaiting",
    "renewal_due_on": None,
}
DECIDED: dict[str, Any] = {"decision": "approved", "decided_on": TODAY}


def twice_asked() -> None:
    person = ReviewerFactory()
    for _ in range(2):
        DBSCheckFactory(reviewer=person, **ASKED)


def rounds(*given: dict[str, Any]) -> None:
    check = DBSCheckFactory(result="disclosure")
    for each in given:
        AssessmentFactory(check_made=check, **each)


def clearance(**given: Any) -> SiteClearance:
    return SiteClearance.objects.create(
        reviewer=ReviewerFactory(), site=SiteFactory(asks="vetting"), **given
    )


def twice_ticked() -> None:
    stands = clearance()
    item = SiteFormItem.objects.create(site=stands.site, place=1, words="A photo")
    for _ in range(2):
        ClearanceTick.objects.create(clearance=stands, item=item, done_on=TODAY)


BREAKS: dict[str, Callable[[], Any]] = {
    "checks_dbs_workforce": lambda: DBSCheckFactory(workforce="horses"),
    "checks_dbs_begun": lambda: DBSCheckFactory(**{**ASKED, "asked_on": None}),
    "checks_dbs_applied_after_asked": lambda: DBSCheckFactory(asked_on=TODAY),
    "checks_dbs_withdrawn_before_issue": lambda: DBSCheckFactory(withdrawn_on=TODAY),
    "checks_dbs_seen_by_and_on": lambda: DBSCheckFactory(identity_seen_by=UserFactory()),
    "checks_dbs_waiting_with_certificate": lambda: DBSCheckFactory(
        **{**ASKED, "waiting_since": TODAY}
    ),
    "checks_dbs_status_with_consent": lambda: DBSCheckFactory(
        status_checked_on=TODAY, status_result="current"
    ),
    "checks_dbs_asked_once": twice_asked,
    "checks_assessment_decision": lambda: AssessmentFactory(decision="maybe", decided_on=TODAY),
    "checks_assessment_approved_until": lambda: AssessmentFactory(
        decision="not approved", decided_on=TODAY, approved_until=TODAY
    ),
    "checks_assessment_missing_conditions": lambda: AssessmentFactory(
        **DECIDED, is_missing_conditions=True
    ),
    "checks_assessment_replaced": lambda: AssessmentFactory(
        **DECIDED, is_in_force=True, replaced_at=NOW
    ),
    "checks_assessment_round_once": lambda: rounds(
        {**DECIDED, "is_in_force": True}, {**DECIDED, "replaced_at": NOW}
    ),
    "checks_assessment_one_in_force": lambda: rounds(
        {**DECIDED, "is_in_force": True}, {**DECIDED, "is_in_force": True, "round": 2}
    ),
    "checks_assessment_one_open": lambda: rounds({}, {"round": 2}),
    "checks_clearance_decided_after_applied": lambda: clearance(
        rung="cleared", applied_on=TODAY, decided_on=BEFORE
    ),
    "checks_clearance_reminded_after_applied": lambda: clearance(reminded_on=TODAY),
    "checks_clearance_told_after_decided": lambda: clearance(told_on=TODAY),
    "checks_tick_once": twice_ticked,
}
UNIQUE = {
    "checks_dbs_asked_once",
    "checks_assessment_round_once",
    "checks_assessment_one_in_force",
    "checks_assessment_one_open",
    "checks_tick_once",
}


@pytest.mark.parametrize("name", BREAKS)
def test_table_refuses_the_row(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name]()

    if connection.vendor == "sqlite" and name in UNIQUE:
        assert "UNIQUE" in str(refusal.value)  # SQLite names the columns, not the rule
    else:
        assert name in str(refusal.value)


def test_a_condition_of_company_names_no_place() -> None:
    """The constraint checks_condition_names_one."""
    assessment = AssessmentFactory()
    Condition.objects.create(assessment=assessment, accompanied_only=True)

    with pytest.raises(IntegrityError, match="names_one"), transaction.atomic():
        Condition.objects.create(assessment=assessment, accompanied_only=True, not_setting="secure")
    with pytest.raises(IntegrityError, match="names_one"), transaction.atomic():
        Condition.objects.create(assessment=assessment)
