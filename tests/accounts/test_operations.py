"""Accounts are made, changed and closed by people, and each leaves a trace."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from accounts import operations
from accounts.models import User
from audit.models import Event
from rules import RuleBroken
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return UserFactory(roles=["administrator"], email="admin@trust.example.org")


def events() -> list[tuple[Any, ...]]:
    return list(
        Event.objects.order_by("id").values_list("action", "actor_id", "object_id", "fields")
    )


def make(email: str, *roles: str, by: User | None = None) -> User:
    return operations.make_account(email=email, name="Sam Hill", roles=roles, by=by, now=NOW)


def test_account_is_made_without_a_password(administrator: User) -> None:
    user = make(" Sam@Example.org ", "lxr", by=administrator)

    user.refresh_from_db()
    assert (user.email, user.name, user.roles) == ("sam@example.org", "Sam Hill", ["lxr"])
    assert not user.has_usable_password()
    assert events() == [
        ("made account", administrator.pk, str(user.pk), ["email", "name", "roles"])
    ]


def test_same_address_gives_the_same_account_and_one_event() -> None:
    first = make("sam@example.org", "lxr")

    assert make("SAM@example.org", "lxr") == first
    assert [event[0] for event in events()] == ["made account"]


@pytest.mark.parametrize(
    ("existing", "wanted", "closed", "sentence"),
    [
        (
            ["coordinator"],
            "lxr",
            False,
            "This address belongs to a staff account. Ask the person for another one.",
        ),
        (["lxr"], "coordinator", False, "There is an account with this address already."),
        (
            ["lxr"],
            "lxr",
            True,
            "The account with this address is closed. An administrator can open it again.",
        ),
    ],
)
def test_address_of_another_account_is_refused(
    existing: list[str], wanted: str, closed: bool, sentence: str
) -> None:
    UserFactory(email="sam@example.org", roles=existing, is_active=not closed)

    with pytest.raises(RuleBroken) as refusal:
        make("sam@example.org", wanted)

    assert str(refusal.value) == sentence
    assert events() == []


@pytest.mark.parametrize("address", ["", "nobody", "a\0@example.org", "\ud800@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(RuleBroken):
        make(address, "lxr")

    assert User.objects.count() == 0


def test_two_who_make_the_same_account_get_one() -> None:
    existing = make("sam@example.org", "lxr")

    with patch.object(operations.User.objects, "filter") as unseen:
        unseen.return_value.first.side_effect = [None, existing]
        assert make("sam@example.org", "lxr") == existing


def test_change_roles_records_it(administrator: User) -> None:
    user = UserFactory(roles=["observer"])

    operations.change_roles(
        user=user, roles=["quality_lead", "coordinator"], by=administrator, now=NOW
    )

    user.refresh_from_db()
    assert user.roles == ["coordinator", "quality_lead"]
    assert events() == [("changed roles", administrator.pk, str(user.pk), ["roles"])]


def test_same_roles_again_leave_no_trace(administrator: User) -> None:
    user = UserFactory(roles=["observer"])

    operations.change_roles(user=user, roles=["observer"], by=administrator, now=NOW)

    assert events() == []


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (["king"], "There is no role called king."),
        (
            ["lxr", "coordinator"],
            (
                "An account is a Lived Experience Reviewer's or a staff member's, not both."
                " Use a second address for the other account."
            ),
        ),
    ],
)
def test_roles_that_do_not_fit_are_refused(
    administrator: User, roles: list[str], sentence: str
) -> None:
    user = UserFactory(roles=["observer"])

    with pytest.raises(RuleBroken) as refusal:
        operations.change_roles(user=user, roles=roles, by=administrator, now=NOW)

    assert str(refusal.value) == sentence
    assert events() == []


def test_administrator_cannot_lock_themselves_out(administrator: User) -> None:
    with pytest.raises(RuleBroken, match="cannot take the administrator role from yourself"):
        operations.change_roles(user=administrator, roles=[], by=administrator, now=NOW)
    with pytest.raises(RuleBroken, match="cannot close your own account"):
        operations.close_account(user=administrator, by=administrator, now=NOW)

    assert events() == []


def test_details_change_and_are_recorded_by_name_only(administrator: User) -> None:
    user = UserFactory(email="old@example.org", name="Old")

    operations.change_details(
        user=user, email="New@example.org", name="Old", by=administrator, now=NOW
    )

    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert events() == [("changed account", administrator.pk, str(user.pk), ["email"])]


def test_taken_address_is_refused(administrator: User) -> None:
    user = UserFactory(email="old@example.org")

    with pytest.raises(RuleBroken) as refusal:
        operations.change_details(
            user=user, email=administrator.email, name="", by=administrator, now=NOW
        )

    assert str(refusal.value) == "There is an account with this address."


def test_closed_account_may_do_nothing_and_can_be_opened_again(administrator: User) -> None:
    user = UserFactory(roles=["coordinator"])

    closed = operations.close_account(user=user, by=administrator, now=NOW)
    assert (closed.is_active, closed.permissions) == (False, frozenset())
    operations.close_account(user=user, by=administrator, now=NOW)
    assert operations.reopen_account(user=user, by=administrator, now=NOW).is_active

    assert [event[0] for event in events()] == ["closed account", "reopened account"]


def test_nothing_is_saved_when_the_audit_cannot_be_written(administrator: User) -> None:
    user = UserFactory(roles=["observer"])

    with (
        patch("accounts.operations.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        operations.change_roles(user=user, roles=["governance"], by=administrator, now=NOW)
    with (
        patch("accounts.operations.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        make("sam@example.org", "lxr", by=administrator)

    user.refresh_from_db()
    assert user.roles == ["observer"]
    assert not User.objects.filter(email="sam@example.org").exists()


def test_address_is_kept_in_lower_case() -> None:
    """Breaks accounts_user_email_lower_case."""
    with pytest.raises(IntegrityError, match="accounts_user_email_lower_case"):
        UserFactory(email="Sam@example.org")


def test_account_has_an_address() -> None:
    """Breaks accounts_user_has_email."""
    with pytest.raises(IntegrityError, match="accounts_user_has_email"):
        UserFactory(email="")
