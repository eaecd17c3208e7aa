"""Two people, round by round; what is refused is in the audit."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from audit.models import Event
from checks import operations, policies
from checks.models import RiskAssessment
from checks.operations import Conditions
from rules import RuleBroken
from tests.factories import NOW, TODAY, AssessmentFactory, ReviewerFactory, UserFactory
from tests.races import meeting_after, race, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return UserFactory(roles=["checks_officer"])


@pytest.fixture
def second() -> Any:
    return UserFactory(roles=["second_approver"])


def decide(assessment: Any, by: Any, decision: str = "approved", **given: Any) -> RiskAssessment:
    return operations.decide(
        **{
            "assessment": assessment,
            "decision": decision,
            "decided_on": TODAY,
            "conditions": Conditions(),
            "review_on": None,
            "version": assessment.version,
            "by": by,
            "now": NOW,
            **given,
        }
    )


def approve(assessment: Any, by: Any, **given: Any) -> RiskAssessment:
    version = given.get("version", assessment.version)
    return operations.approve(assessment=assessment, version=version, by=by, now=NOW)


def again(assessment: Any, by: Any, **given: Any) -> RiskAssessment:
    return operations.reconsider(
        **{
            "assessment": assessment,
            "asked_on": TODAY,
            "version": assessment.version,
            "by": by,
            "now": NOW,
            **given,
        }
    )


def refusals() -> list[tuple[str, str, int | None]]:
    found = Event.objects.filter(action__startswith="refused").order_by("pk")
    return list(found.values_list("action", "why", "person_id"))


def test_a_decision_looked_at_again_stands_until_the_next_is_approved(
    officer: Any, second: Any
) -> None:
    first = approve(decide(AssessmentFactory(), officer, "not approved"), second)

    new = again(first, officer)
    decided = decide(new, officer, "approved")
    first.refresh_from_db()
    assert (new.round, first.is_in_force, decided.is_in_force) == (2, True, False)

    approve(decided, second)

    first.refresh_from_db()
    decided.refresh_from_db()
    assert (first.is_in_force, first.replaced_at) == (False, NOW)
    assert (first.decision, decided.is_in_force) == ("not approved", True)


def test_a_decision_is_looked_at_again_once_at_a_time(officer: Any, second: Any) -> None:
    first = approve(decide(AssessmentFactory(), officer), second)
    again(first, officer)

    with pytest.raises(RuleBroken, match="already being looked at again"):
        again(first, officer)
    with pytest.raises(RuleBroken, match="no approved decision"):
        again(AssessmentFactory(), officer)
    earlier = approve(decide(AssessmentFactory(), officer), second)
    with pytest.raises(RuleBroken, match="cannot be before the decision"):
        again(earlier, officer, asked_on=TODAY - timedelta(days=1))


def test_an_approval_that_ends_is_looked_at_again_by_then(officer: Any) -> None:
    until = TODAY + timedelta(days=90)
    review_on = TODAY + timedelta(days=30)

    assert decide(AssessmentFactory(), officer, approved_until=until).review_on == until
    both = decide(AssessmentFactory(), officer, approved_until=until, review_on=review_on)
    assert (both.approved_until, both.review_on) == (until, review_on)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"approved_until": TODAY - timedelta(days=1)}, "end of the approval cannot be before"),
        ({"review_on": TODAY - timedelta(days=1)}, "look at it again cannot be before"),
        (
            {"decision": "not approved", "approved_until": TODAY + timedelta(days=9)},
            "Only an approval can have an end",
        ),
        (
            {
                "decision": "approved with conditions",
                "conditions": Conditions(
                    is_accompanied=True, until=TODAY - timedelta(days=1), words="By a nurse"
                ),
            },
            "end of the conditions cannot be before",
        ),
        ({"decided_on": TODAY + timedelta(days=1)}, "cannot be in the future"),
        ({"decided_on": TODAY - timedelta(days=999)}, "before the assessment was opened"),
    ],
)
def test_dates_in_the_wrong_order_are_refused(given: Any, sentence: str, officer: Any) -> None:
    assessment = AssessmentFactory()

    with pytest.raises(RuleBroken, match=sentence):
        decide(assessment, officer, **given)

    assessment.refresh_from_db()
    assert (assessment.decision, assessment.version) == ("awaiting", 1)
    assert assessment.conditions.count() == 0


def test_how_somebody_is_accompanied_is_encrypted(officer: Any) -> None:
    conditions = Conditions(is_accompanied=True, words="Always with the ward manager")

    assessment = decide(
        AssessmentFactory(), officer, "approved with conditions", conditions=conditions
    )

    condition = assessment.conditions.get()
    assert condition.words == "Always with the ward manager"
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM checks_condition")
        [[stored]] = cursor.fetchall()
    assert stored.startswith("enc:")


def test_an_owner_is_named_with_where_the_document_is(officer: Any) -> None:
    assessment = operations.take_on(
        assessment=AssessmentFactory(),
        owner=officer,
        document_reference="HR-12",
        version=1,
        by=officer,
        now=NOW,
    )

    assert (assessment.owner, assessment.document_reference) == (officer, "HR-12")
    assert assessment.version == 2


def test_what_is_refused_is_in_the_audit_with_the_rule(officer: Any, second: Any) -> None:
    both = UserFactory(roles=["checks_officer", "second_approver"])
    own = decide(AssessmentFactory(), both)
    undecided = AssessmentFactory()
    in_force = approve(decide(AssessmentFactory(), officer), second)
    themselves = AssessmentFactory(check_made__reviewer=ReviewerFactory(user=officer))

    for attempt in (
        lambda: approve(own, both),
        lambda: approve(undecided, second),
        lambda: approve(own, officer),
        lambda: decide(in_force, officer, "not approved"),
        lambda: approve(in_force, second),
        lambda: approve(own, second, version=own.version - 1),
        lambda: decide(undecided, officer, version=0),
        lambda: decide(themselves, officer),
        lambda: decide(undecided, officer, "approved with conditions"),
    ):
        with pytest.raises(RuleBroken):
            attempt()

    people = [
        each.check_made.reviewer_id
        for each in (own, undecided, own, in_force, in_force, own, undecided, themselves, undecided)
    ]
    assert refusals() == [
        ("refused: approve", "their own decision", people[0]),
        ("refused: approve", "a step was skipped", people[1]),
        ("refused: approve", "not allowed", people[2]),
        ("refused: decide", "after approval", people[3]),
        ("refused: approve", "after approval", people[4]),
        ("refused: approve", "an old form", people[5]),
        ("refused: decide", "an old form", people[6]),
        ("refused: decide", "about themselves", people[7]),
        ("refused: decide", "does not make sense", people[8]),
    ]


def test_an_old_form_says_that_somebody_was_there_before(officer: Any) -> None:
    assessment = AssessmentFactory()
    shown = assessment.version
    operations.take_on(
        assessment=assessment,
        owner=officer,
        document_reference="",
        version=shown,
        by=officer,
        now=NOW,
    )

    with pytest.raises(RuleBroken, match="has changed this assessment since you opened it"):
        decide(assessment, officer, version=shown)


def test_nobody_tells_before_approval_or_takes_on_what_is_finished(
    officer: Any, second: Any
) -> None:
    assessment = decide(AssessmentFactory(), officer)
    given: dict[str, Any] = {"by": officer, "now": NOW}
    with pytest.raises(RuleBroken, match="approved before the person is told"):
        operations.record_told(assessment=assessment, told_on=TODAY, version=2, **given)
    approve(assessment, second)
    with pytest.raises(RuleBroken, match="finished"):
        operations.take_on(
            assessment=assessment, owner=None, document_reference="", version=3, **given
        )

    assert [why for _, why, _ in refusals()] == ["a step was skipped", "after approval"]


def two_officers_decide() -> tuple[list[Any], RiskAssessment]:
    assessment = AssessmentFactory()
    officers = [UserFactory(roles=["checks_officer"]) for _ in range(2)]
    with meeting_after("checks.policies.check_can_decide", patience=0.3):
        outcomes = race(
            lambda: decide(assessment, officers[0], "approved"),
            lambda: decide(assessment, officers[1], "not approved"),
        )
    assessment.refresh_from_db()
    return outcomes, assessment


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_decide_at_once_one_decides() -> None:
    outcomes, assessment = two_officers_decide()

    [refused] = [each for each in outcomes if isinstance(each, RuleBroken)]
    assert winners(outcomes) == 1
    assert "already has a decision" in str(refused)
    assert assessment.version == 2
    assert [action for action, *_ in refusals()] == ["refused: decide"]


def decide_without_a_lock(assessment: Any, by: Any, decision: str) -> bool:
    """The operation's check and write, with the check outside the transaction that writes."""
    found = RiskAssessment.objects.select_related("check_made__reviewer").get(pk=assessment.pk)
    policies.check_can_decide(
        found,
        decision=decision,
        decided_on=TODAY,
        approved_until=None,
        conditions_until=None,
        has_conditions=False,
        review_on=None,
        version=1,
        by=by,
        today=TODAY,
    )
    decided = {"decision": decision, "decided_on": TODAY, "decided_by": by}
    return bool(RiskAssessment.objects.filter(pk=found.pk).update(**decided))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_decide() -> None:
    assessment = AssessmentFactory()
    officers = [UserFactory(roles=["checks_officer"]) for _ in range(2)]

    with meeting_after("checks.policies.check_can_decide"):
        outcomes = race(
            lambda: decide_without_a_lock(assessment, officers[0], "approved"),
            lambda: decide_without_a_lock(assessment, officers[1], "not approved"),
        )

    assert winners(outcomes) == 2
