"""The way of a DBS check: every pair of states, walked."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from audit.models import Event
from checks import operations
from checks.models import DBSCheck
from checks.states import TRANSITIONS, Move, check_can_move, move_between
from rules import RuleBroken
from tests.factories import NOW, TODAY, DBSCheckFactory, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db
State = DBSCheck.State

NOT_ISSUED = {"issued_on": None, "result": "awaiting", "renewal_due_on": None}
IN_STATE: dict[DBSCheck.State, dict[str, Any]] = {
    State.ASKED: {
        **NOT_ISSUED,
        "asked_on": TODAY - timedelta(days=9),
        "applied_on": None,
        "documents_seen": ["passport"],
        "identity_seen_on": TODAY - timedelta(days=5),
    },
    State.APPLIED: NOT_ISSUED,
    State.BLANK: {},
    State.DISCLOSURE: {"result": "disclosure"},
    State.WITHDRAWN: {**NOT_ISSUED, "withdrawn_on": TODAY - timedelta(days=1)},
}


@pytest.fixture
def officer() -> Any:
    return UserFactory(roles=["checks_officer"])


def go(check: DBSCheck, to: DBSCheck.State, officer: Any, trust: Any) -> DBSCheck:
    """The operation that leads to a state."""
    common: dict[str, Any] = {"check": check, "by": officer, "now": NOW}
    if to == State.APPLIED:
        return operations.apply_after_id_check(applied_on=TODAY, **common)
    if to == State.WITHDRAWN:
        return operations.withdraw_application(**common)
    return operations.record_certificate(
        issued_on=TODAY,
        reference_number="001234567890",
        is_blank=to == State.BLANK,
        trust=trust,
        **common,
    )


PAIRS = [(start, to) for start, to in product(State, State) if to != State.ASKED]


@pytest.mark.parametrize(("start", "to"), PAIRS)
def test_a_check_goes_the_ways_of_the_table_and_no_other(
    start: Any, to: Any, officer: Any, trust: Any
) -> None:
    check = DBSCheckFactory(**IN_STATE[start])
    assert check.state == start

    if (start, to) in TRANSITIONS:
        assert go(check, to, officer, trust).state == to
        assert Event.objects.exists()
    else:
        with pytest.raises(RuleBroken):
            go(check, to, officer, trust)
        check.refresh_from_db()
        assert check.state == start
        tried = Event.objects.get()
        assert tried.action.startswith("refused: ")
        assert tried.why == ("a step was skipped" if start == "asked" else "an old form")


def test_nothing_leads_back_to_the_start() -> None:
    assert [start for start in State if move_between(start, State.ASKED)] == []
    with pytest.raises(RuleBroken):
        check_can_move(DBSCheckFactory(), State.ASKED)


def test_every_kind_of_move_is_in_the_table() -> None:
    assert set(TRANSITIONS.values()) == set(Move)


def asked(officer: Any, **given: Any) -> DBSCheck:
    return operations.ask_for_id_check(
        **{
            "reviewer": ReviewerFactory(),
            "level": "enhanced",
            "workforce": "adult",
            "asked_on": TODAY,
            "by": officer,
            "now": NOW,
            **given,
        }
    )


def see(check: DBSCheck, officer: Any, **given: Any) -> DBSCheck:
    return operations.record_documents_seen(
        **{
            "check": check,
            "documents": ["proof of address", "passport"],
            "seen_on": TODAY,
            "by": officer,
            "now": NOW,
            **given,
        }
    )


def test_a_person_is_asked_once_of_a_level(officer: Any) -> None:
    check = asked(officer)

    with pytest.raises(RuleBroken, match="asked for an ID check of this level already"):
        asked(officer, reviewer=check.reviewer)
    with pytest.raises(RuleBroken, match="cannot be in the future"):
        asked(officer, asked_on=TODAY + timedelta(days=1))


def test_documents_are_kept_as_ticks_with_who_and_when(officer: Any) -> None:
    check = see(asked(officer), officer)

    assert check.documents_seen == ["passport", "proof of address"]
    assert check.documents == ["Passport", "Proof of address"]
    assert (check.identity_seen_by, check.identity_seen_on) == (officer, TODAY)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"documents": []}, "Tick at least one"),
        ({"seen_on": TODAY + timedelta(days=1)}, "cannot be in the future"),
        ({"seen_on": TODAY - timedelta(days=1)}, "before the person was asked"),
    ],
)
def test_documents_in_the_wrong_order_are_refused(given: Any, sentence: str, officer: Any) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        see(asked(officer), officer, **given)


def test_nothing_is_applied_for_before_documents_were_seen(officer: Any) -> None:
    with pytest.raises(RuleBroken, match="which documents you saw"):
        operations.apply_after_id_check(check=asked(officer), applied_on=TODAY, by=officer, now=NOW)


def test_an_id_check_is_arranged_and_arranged_again(officer: Any) -> None:
    check = asked(officer)
    for days in (3, 4):
        check = operations.arrange_id_check(
            check=check,
            at=NOW + timedelta(days=days),
            how="video",
            place="We will ring",
            by=officer,
            now=NOW,
        )

    assert check.id_check_at == NOW + timedelta(days=4)
    with pytest.raises(RuleBroken, match="no longer needs"):
        operations.arrange_id_check(
            check=DBSCheckFactory(), at=NOW, how="video", place="", by=officer, now=NOW
        )


def consented(officer: Any, trust: Any, **check: Any) -> DBSCheck:
    return operations.record_update_consent(
        check=DBSCheckFactory(**check), consent_on=TODAY, trust=trust, by=officer, now=NOW
    )


def status(check: DBSCheck, result: str, officer: Any, trust: Any, on: date = TODAY) -> DBSCheck:
    return operations.record_status_check(
        check=check, checked_on=on, result=result, trust=trust, by=officer, now=NOW
    )


def test_a_status_check_falls_due_after_the_trusts_interval(officer: Any, trust: Any) -> None:
    check = consented(officer, trust)
    assert check.status_due_on == date(2027, 6, 10)

    trust.status_check_months = 6
    check = status(check, "current", officer, trust)

    assert (check.status_result, check.status_due_on) == ("current", date(2026, 12, 10))


def test_no_status_check_without_consent_or_certificate(officer: Any, trust: Any) -> None:
    with pytest.raises(RuleBroken, match="agreed to status checks"):
        status(DBSCheckFactory(), "current", officer, trust)
    with pytest.raises(RuleBroken, match="no certificate yet"):
        status(DBSCheckFactory(**NOT_ISSUED), "current", officer, trust)
    with pytest.raises(RuleBroken, match="cannot be before"):
        status(consented(officer, trust), "current", officer, trust, TODAY - timedelta(days=1))


def test_when_something_changed_a_new_check_is_asked_for_once(officer: Any, trust: Any) -> None:
    check = status(consented(officer, trust), "changed", officer, trust)

    new = DBSCheck.objects.get(reviewer=check.reviewer, applied_on=None)
    assert (new.state, new.level, new.asked_on) == (State.ASKED, check.level, TODAY)
    with pytest.raises(RuleBroken, match="already said"):
        status(check, "changed", officer, trust)
    assert check.status_due_on is None


def test_who_no_longer_agrees_is_not_checked_again(officer: Any, trust: Any) -> None:
    check = operations.end_update_consent(check=consented(officer, trust), by=officer, now=NOW)

    assert (check.update_consent_on, check.status_due_on) == (None, None)
    with pytest.raises(RuleBroken, match="No status check is planned"):
        operations.end_update_consent(check=check, by=officer, now=NOW)
