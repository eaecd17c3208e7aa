"""Users: an address in lower case, known roles, and nothing beyond them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import SecretLink, User, check_roles
from accounts.permissions import Permission
from tests.factories import UserFactory


@pytest.mark.parametrize("roles", [["king"], ["lxr", "lxr"], "lxr", {"lxr": 1}])
def test_roles_are_a_list_of_known_ones_each_once(roles: Any) -> None:
    with pytest.raises(ValidationError):
        check_roles(roles)


@pytest.mark.django_db
def test_user_is_made_with_a_usable_password_only_when_one_is_given() -> None:
    with_code = User.objects.create_user(" Ada@Example.org ", "Ada", roles=["lxr"])
    with_password = User.objects.create_user("sam@example.org", password="three-random-words")

    assert (with_code.email, with_code.has_usable_password()) == ("ada@example.org", False)
    assert with_password.check_password("three-random-words")
    assert User.objects.get_by_natural_key("ADA@example.org") == with_code


@pytest.mark.django_db
def test_superuser_is_an_administrator_and_no_more() -> None:
    user = User.objects.create_superuser("root@example.org", "three-random-words")

    assert user.roles == ["administrator"]
    assert user.is_staff
    assert user.may(Permission.ADMINISTER)
    assert not user.may(Permission.EDIT_CHECKS)


def test_closed_account_may_do_nothing() -> None:
    user = User(email="a@example.org", roles=["coordinator"], is_active=False)

    assert user.permissions == frozenset()


@pytest.mark.django_db
def test_django_permissions_follow_the_administrator_role() -> None:
    administrator, observer = UserFactory(roles=["administrator"]), UserFactory(roles=["observer"])

    assert administrator.has_perm("accounts.change_user")
    assert administrator.has_module_perms("accounts")
    assert not observer.has_perm("accounts.change_user")
    assert not observer.has_module_perms("accounts")


def test_names() -> None:
    assert str(User(email="a@example.org", name="Ada")) == "Ada"
    assert User(email="a@example.org").get_full_name() == "a@example.org"
    assert str(SecretLink(purpose="feedback", object_id=3)) == "feedback 3"
