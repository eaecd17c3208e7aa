"""What an import may say of checks: nothing looser than here. What was here stays on record."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from checks.history import Standing, check_not_loosened, standings, take_over
from checks.models import Condition, DBSCheck, RiskAssessment
from organisation.models import TrustSettings
from rules import RuleBroken
from tests.factories import NOW, TODAY, AssessmentFactory, DBSCheckFactory, UserFactory

pytestmark = pytest.mark.django_db
Decision = RiskAssessment.Decision


def disclosure(**given: Any) -> RiskAssessment:
    return AssessmentFactory(**given)


def decided(decision: str, **given: Any) -> RiskAssessment:
    return disclosure(**{"decision": decision, "decided_on": TODAY, "is_in_force": True, **given})


def standing_of(assessment: RiskAssessment) -> Standing:
    reviewer_id = assessment.check_made.reviewer_id
    [standing] = standings([reviewer_id])[reviewer_id]
    return standing


def bring(check: DBSCheck, standing: Standing) -> None:
    take_over({check.reviewer_id: standing}, trust=TrustSettings(), by=None, now=NOW)


def test_a_decision_that_waits_for_its_second_person_is_none_yet() -> None:
    assessment = disclosure(decision="approved", decided_on=TODAY, decided_by=UserFactory())
    standing = standing_of(assessment)

    assert (standing.decision, standing.decided_on) == (Decision.AWAITING, None)
    with pytest.raises(RuleBroken, match="never loosens"):
        check_not_loosened([standing], replace(standing, decision="approved", decided_on=TODAY))


def test_of_several_rounds_the_one_in_force_stands() -> None:
    first = decided("not approved")
    disclosure(check_made=first.check_made, round=2)

    assert standing_of(first).decision == Decision.NOT_APPROVED


def test_a_stricter_decision_takes_the_place_of_the_one_before() -> None:
    first = decided("approved", approved_by=UserFactory(), approved_at=NOW)
    stricter = replace(standing_of(first), decision="not approved", decided_on=TODAY)

    bring(first.check_made, stricter)

    first.refresh_from_db()
    new = first.check_made.assessments.get(round=2)
    assert (first.decision, first.is_in_force, first.replaced_at) == ("approved", False, NOW)
    assert (new.decision, new.is_in_force, new.approved_by) == ("not approved", True, None)


def test_the_same_decision_leaves_what_two_people_decided() -> None:
    until = TODAY + timedelta(days=9)
    first = decided(
        "approved", approved_by=UserFactory(), approved_at=NOW, approved_until=until, version=3
    )

    bring(first.check_made, replace(standing_of(first), decided_on=TODAY - timedelta(days=1)))

    first.refresh_from_db()
    assert (first.decided_on, first.approved_until, first.version) == (TODAY, until, 3)


def test_a_decision_from_elsewhere_makes_an_open_form_an_old_one() -> None:
    waiting = disclosure()

    bring(
        waiting.check_made,
        replace(standing_of(waiting), decision="not approved", decided_on=TODAY),
    )

    waiting.refresh_from_db()
    assert (waiting.decision, waiting.is_in_force, waiting.version) == ("not approved", True, 2)


def test_a_decision_that_waits_is_not_taken_back_by_an_import() -> None:
    officer = UserFactory()
    waiting = disclosure(decision="approved", decided_on=TODAY, decided_by=officer)

    bring(waiting.check_made, standing_of(waiting))

    waiting.refresh_from_db()
    assert (waiting.decision, waiting.decided_by) == ("approved", officer)


def test_a_certificate_that_is_here_stays() -> None:
    check = DBSCheckFactory()

    bring(check, Standing(check.level, check.applied_on))

    check.refresh_from_db()
    assert check.state == "blank"


def test_an_application_that_was_stopped_and_made_after_all_counts() -> None:
    check = DBSCheckFactory(
        issued_on=None, result="awaiting", renewal_due_on=None, withdrawn_on=TODAY
    )
    assert standings([check.reviewer_id]) == {}

    bring(check, Standing(check.level, check.applied_on, TODAY, "clear"))

    check.refresh_from_db()
    assert (check.state, check.withdrawn_on) == ("blank", None)


RESTRICTED: dict[str, Any] = {"decision": "approved with conditions", "decided_on": TODAY}


def test_conditions_that_are_not_brought_in_are_missing_until_they_are_recorded() -> None:
    check = DBSCheckFactory(issued_on=None, result="awaiting", renewal_due_on=None)
    restricted = Standing(check.level, check.applied_on, TODAY, "disclosure", **RESTRICTED)

    bring(check, restricted)

    brought = check.assessments.get()
    assert (brought.is_in_force, brought.is_missing_conditions) == (True, True)
    assert not brought.allows_on(TODAY)
    Condition.objects.create(assessment=brought, accompanied_only=True)
    brought.is_missing_conditions = False
    brought.save()

    bring(check, replace(restricted, decided_on=TODAY - timedelta(days=1)))

    brought.refresh_from_db()
    assert brought.is_missing_conditions is False
    assert brought.allows_on(TODAY)


def test_conditions_that_were_recorded_for_the_second_person_are_those_of_the_import() -> None:
    first = decided("approved")
    waiting = disclosure(
        check_made=first.check_made, round=2, **RESTRICTED, decided_by=UserFactory()
    )
    Condition.objects.create(assessment=waiting, accompanied_only=True)
    stricter = replace(standing_of(first), **RESTRICTED)

    bring(first.check_made, stricter)

    waiting.refresh_from_db()
    assert (waiting.is_in_force, waiting.is_missing_conditions) == (True, False)


@pytest.mark.parametrize("applied", ["earlier", "later"])
def test_no_check_of_several_is_loosened(applied: str) -> None:
    against = decided("not approved")
    check = against.check_made
    days = timedelta(days=-30 if applied == "earlier" else 30)
    DBSCheckFactory(reviewer=check.reviewer, applied_on=check.applied_on + days, issued_on=TODAY)
    looser = Standing(check.level, check.applied_on, check.issued_on, "clear")

    with pytest.raises(RuleBroken, match="never loosens"):
        bring(check, looser)

    check.refresh_from_db()
    assert check.result == "disclosure"


def test_a_decision_that_becomes_stricter_has_no_conditions_to_miss() -> None:
    first = decided("approved with conditions", is_missing_conditions=True)
    stricter = replace(standing_of(first), decision="not approved", decided_on=TODAY)

    bring(first.check_made, stricter)

    assert first.check_made.assessments.get(round=2).is_missing_conditions is False


def test_what_was_brought_in_before_is_marked_too() -> None:
    lacking = decided("approved with conditions")
    known = decided("approved with conditions")
    Condition.objects.create(assessment=known, accompanied_only=True)
    here = decided("approved with conditions", approved_by=UserFactory(), approved_at=NOW)

    import_module("checks.migrations.0003_mark_missing_conditions").mark(apps, None)

    marked = RiskAssessment.objects.filter(is_missing_conditions=True)
    assert list(marked) == [lacking]
    assert RiskAssessment.objects.filter(pk__in=[known.pk, here.pk]).count() == 2
