"""An officer who is a Lived Experience Reviewer records nothing about themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from checks import operations
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from organisation.models import SiteFormItem
from rules import RuleBroken
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


class Own:
    """Everything that can be recorded about a person, who is an officer."""

    def __init__(self, trust: Any) -> None:
        self.officer = UserFactory(roles=["checks_officer", "second_approver", "lxr"])
        self.person = ReviewerFactory(user=self.officer)
        self.trust = trust
        self.site = SiteFactory(asks="own form")
        self.item = SiteFormItem.objects.create(site=self.site, place=1, words="A photo")
        self.clearance = SiteClearance.objects.create(reviewer=self.person, site=self.site)

    def check(self, **given: Any) -> DBSCheck:
        waiting = {"result": "awaiting", "issued_on": None, "renewal_due_on": None}
        return DBSCheckFactory(reviewer=self.person, **{**waiting, **given})

    def assessment(self, **given: Any) -> RiskAssessment:
        return AssessmentFactory(check_made__reviewer=self.person, **given)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.officer, "now": NOW}


IN_FORCE: dict[str, Any] = {"decision": "not approved", "decided_on": TODAY, "is_in_force": True}
ATTEMPTS: dict[str, Callable[[Own], object]] = {
    "ask for id check": lambda own: operations.ask_for_id_check(
        reviewer=own.person, level="basic", workforce="adult", asked_on=TODAY, **own.who
    ),
    "arrange id check": lambda own: operations.arrange_id_check(
        check=own.check(asked_on=TODAY, applied_on=None),
        at=NOW + timedelta(days=1), how="video", place="", **own.who,
    ),
    "record documents seen": lambda own: operations.record_documents_seen(
        check=own.check(asked_on=TODAY, applied_on=None),
        documents=["passport"], seen_on=TODAY, **own.who,
    ),
    "record application": lambda own: operations.record_application(
        reviewer=own.person, level="basic", workforce="adult", applied_on=TODAY, **own.who
    ),
    "apply after id check": lambda own: operations.apply_after_id_check(
        check=own.check(asked_on=TODAY, applied_on=None, identity_seen_on=TODAY),
        applied_on=TODAY, **own.who,
    ),
    "remind of application": lambda own: operations.remind_of_application(
        check=own.check(), reminded_on=TODAY, **own.who
    ),
    "withdraw application": lambda own: operations.withdraw_application(
        check=own.check(), **own.who
    ),
    "record certificate": lambda own: operations.record_certificate(
        check=own.check(), issued_on=TODAY, reference_number="001122334455", is_blank=True,
        trust=own.trust, **own.who,
    ),
    "record update consent": lambda own: operations.record_update_consent(
        check=own.check(), consent_on=TODAY, trust=own.trust, **own.who
    ),
    "end update consent": lambda own: operations.end_update_consent(
        check=DBSCheckFactory(
            reviewer=own.person, update_consent_on=TODAY, status_due_on=TODAY
        ),
        **own.who,
    ),
    "record status check": lambda own: operations.record_status_check(
        check=DBSCheckFactory(reviewer=own.person, update_consent_on=TODAY),
        checked_on=TODAY, result="current", trust=own.trust, **own.who,
    ),
    "record clearance": lambda own: operations.record_clearance(
        reviewer=own.person, site=own.site, rung="cleared", applied_on=None, decided_on=TODAY,
        decided_by="Governor", version=1, told_on=TODAY, **own.who,
    ),
    "tick form lines": lambda own: operations.tick_form_lines(
        clearance=own.clearance, items=[own.item.pk], version=1, **own.who
    ),
    "settle": lambda own: operations.settle(
        check=DBSCheckFactory(reviewer=own.person, waiting_since=TODAY), **own.who
    ),
    "take on": lambda own: operations.take_on(
        assessment=own.assessment(), owner=None, document_reference="", version=1, **own.who
    ),
    "decide": lambda own: operations.decide(
        assessment=own.assessment(), decision="approved", decided_on=TODAY,
        conditions=operations.Conditions(), review_on=None, version=1, **own.who,
    ),
    "approve": lambda own: operations.approve(
        assessment=own.assessment(decision="approved", decided_on=TODAY), version=1, **own.who
    ),
    "return for decision": lambda own: operations.return_for_decision(
        assessment=own.assessment(decision="approved", decided_on=TODAY), version=1, **own.who
    ),
    "record conditions": lambda own: operations.record_conditions(
        assessment=own.assessment(
            **{**IN_FORCE, "decision": "approved with conditions"}, is_missing_conditions=True
        ),
        conditions=operations.Conditions(is_accompanied=True), version=1, **own.who,
    ),
    "record told": lambda own: operations.record_told(
        assessment=own.assessment(**IN_FORCE), told_on=TODAY, version=1, **own.who
    ),
    "reconsider": lambda own: operations.reconsider(
        assessment=own.assessment(**IN_FORCE), asked_on=TODAY, version=1, **own.who
    ),
}  # fmt: skip


def state() -> list[Any]:
    """All that is recorded of checks."""
    return [list(model.objects.order_by("pk").values()) for model in (
        DBSCheck, RiskAssessment, SiteClearance,
    )]  # fmt: skip


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_is_refused_and_the_attempt_is_on_record(name: str, trust: Any) -> None:
    own = Own(trust)

    with pytest.raises(RuleBroken, match=r"This is about you\. Somebody else must do it\."):
        ATTEMPTS[name](own)

    event = Event.objects.get()
    assert (event.action, event.why) == (f"refused: {name}", "about themselves")
    assert (event.actor_id, event.person_id) == (own.officer.pk, own.person.pk)


def test_every_operation_of_the_checks_team_is_tried() -> None:
    """Whatever they can do to somebody's checks they cannot do to their own."""
    looking = {"look", "look_at_list", "Conditions"}

    assert {each.replace(" ", "_") for each in ATTEMPTS} == set(operations.__all__) - looking


def test_what_was_recorded_stays_as_it_was(trust: Any) -> None:
    own = Own(trust)
    check = own.check()
    before = state()

    with pytest.raises(RuleBroken):
        operations.record_certificate(
            check=check, issued_on=TODAY, reference_number="001122334455", is_blank=True,
            trust=trust, **own.who,
        )  # fmt: skip

    assert state() == before
