"""People are told about their ID check, and nobody else that they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from checks import operations
from checks.models import DBSCheck
from notifications.models import Message
from notifications.registry import KINDS
from tests.factories import NOW, TODAY, DBSCheckFactory, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY = NOW + timedelta(days=5)


@pytest.fixture
def officer(trust: Any) -> Any:
    return UserFactory(roles=["checks_officer"])


def asked(**person: Any) -> DBSCheck:
    check: DBSCheck = DBSCheckFactory(
        reviewer=ReviewerFactory(first_name="Ada", stage="checks", **person),
        asked_on=TODAY,
        applied_on=None,
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )
    return check


def arrange(check: DBSCheck, officer: Any, at: Any = MONDAY, now: Any = NOW) -> None:
    operations.arrange_id_check(
        check=check, at=at, how="in person", place="Market House", by=officer, now=now
    )


def told() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("subject", "state"))


def test_they_are_told_when_where_and_what_to_bring(officer: Any) -> None:
    check = asked()
    arrange(check, officer)
    arrange(check, officer)

    message = Message.objects.get()
    assert message.subject == "Your appointment on Monday 15 June"
    for words in ("Monday 15 June 2026", "11am", "In person", "Market House", "Please bring"):
        assert words in message.body
    assert "DBS" not in message.body
    assert KINDS["id-check"].holding({check.pk}, NOW) == {check.pk}
    assert KINDS["id-check"].holding({check.pk}, MONDAY) == set()


def test_they_are_told_when_it_moves_or_is_called_off(officer: Any) -> None:
    check = asked()
    arrange(check, officer)
    later = NOW + timedelta(minutes=1)
    arrange(check, officer, at=MONDAY + timedelta(days=1), now=later)
    operations.withdraw_application(check=check, by=officer, now=later + timedelta(minutes=1))

    # What had not gone yet is not sent any more.
    assert told() == [
        ("Your appointment on Monday 15 June", "dropped"),
        ("Your appointment is now on Tuesday 16 June", "dropped"),
        ("You need not come on Tuesday 16 June", "waiting"),
    ]
    assert KINDS["id-check"].holding({check.pk}, NOW) == set()
    assert KINDS["id-check-off"].holding({check.pk}, NOW) == {check.pk}


def test_who_is_rung_is_told_by_the_checks_team_and_not_by_a_coordinator(officer: Any) -> None:
    check = asked(preferred_contact="phone", phone="07700 900123")
    arrange(check, officer)

    assert told() == []


def test_the_past_is_not_told(officer: Any) -> None:
    arrange(asked(), officer, at=NOW - timedelta(hours=1))

    assert told() == []


def test_no_coordinator_reads_of_it(officer: Any, client_as: Any) -> None:
    check = asked()
    arrange(check, officer)
    Message.objects.update(state="sent", sent_at=NOW)
    client = client_as("coordinator")

    for page in (
        reverse("notifications:list"),
        reverse("reviewers:detail", args=[check.reviewer_id]),
        reverse("reviewers:story", args=[check.reviewer_id]),
    ):
        assert "appointment" not in client.get(page).text.lower()
