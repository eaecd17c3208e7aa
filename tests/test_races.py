"""The race harness sees a race that is there, and none where a lock holds."""

from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from tests.factories import UserFactory
from tests.races import meeting_after, race, winners


def is_named(user_id: int) -> bool:
    """Whether the account has a name: the check of the operation below."""
    return bool(User.objects.get(pk=user_id).name)


def name_once(user_id: int, name: str, *, lock: bool = True) -> bool:
    """Give the account a name unless it has one: a check, then a write."""
    with transaction.atomic():
        if lock:
            User.objects.select_for_update().get(pk=user_id)
        if is_named(user_id):
            return False
        User.objects.filter(pk=user_id).update(name=name)
        return True


def name_once_without_transaction(user_id: int, name: str) -> bool:
    """The same without a lock on either database."""
    if is_named(user_id):
        return False
    User.objects.filter(pk=user_id).update(name=name)
    return True


@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins_under_a_lock():
    user = UserFactory(name="")

    with meeting_after("tests.test_races.is_named", patience=0.2):
        outcomes = race(*(lambda name=name: name_once(user.pk, name) for name in ("A", "B")))

    assert winners(outcomes) == 1


@pytest.mark.django_db(transaction=True)
def test_both_win_without_a_lock():
    user = UserFactory(name="")

    with meeting_after("tests.test_races.is_named"):
        outcomes = race(
            *(lambda name=name: name_once_without_transaction(user.pk, name) for name in ("A", "B"))
        )

    assert outcomes == [True, True]


@pytest.mark.django_db(transaction=True)
def test_exceptions_come_back_in_their_place():
    def fail() -> Any:
        raise ValueError("no")

    first, second = race(lambda: "yes", fail)

    assert first == "yes"
    assert isinstance(second, ValueError)
    assert winners([first, second]) == 1


@pytest.mark.django_db
def test_refuses_to_run_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction=True"):
        race(lambda: True)
