"""Who may what: domain.md's table, as it stands in the code."""

import pytest

from accounts.permissions import ROLE_BY_KEY, ROLES, Permission, permissions_of

P = Permission
# Permission: the roles that hold it. Everyone else does not.
TABLE: dict[Permission, set[str]] = {
    P.OWN_PAGES: {"lxr"},
    P.SEE_LIVED_EXPERIENCE: {"coordinator", "quality_lead"},
    P.SEE_READINESS: {"coordinator", "checks_officer", "quality_lead"},
    P.EDIT_CHECKS: {"checks_officer"},
    P.APPROVE_ASSESSMENTS: {"second_approver"},
    P.SEE_PEOPLE: {"coordinator", "checks_officer", "quality_lead", "administrator"},
    P.EDIT_PEOPLE: {"coordinator", "quality_lead"},
    P.PLAN_REVIEWS: {"coordinator", "quality_lead"},
    P.RECORD_OWN_VISITS: {"visit_lead"},
    P.RUN_TRAINING: {"coordinator", "quality_lead"},
    P.SEE_FEEDBACK: {"coordinator", "quality_lead"},
    P.MODERATE_FEEDBACK: {"quality_lead"},
    P.SEE_FIGURES: {"coordinator", "quality_lead", "observer"},
    P.PUBLISH_FIGURES: {"quality_lead"},
    P.SEND_MESSAGES: {"coordinator", "quality_lead"},
    P.CHANGE_SETTINGS: {"administrator"},
    P.ADMINISTER: {"administrator"},
    P.SEE_ACCESS_LOG: {"governance"},
}


@pytest.mark.parametrize("permission", TABLE)
def test_permission_is_held_by_these_roles_alone(permission: Permission) -> None:
    held_by = {role.key for role in ROLES if permission in role.permissions}
    assert held_by == TABLE[permission]


def test_roles_that_see_the_most_need_an_authenticator() -> None:
    assert {role.key for role in ROLES if role.needs_authenticator} == {
        "checks_officer",
        "second_approver",
        "administrator",
    }


def test_permissions_add_up_and_unknown_roles_allow_nothing() -> None:
    both = permissions_of(["governance", "observer", "king"])
    assert both == ROLE_BY_KEY["governance"].permissions | ROLE_BY_KEY["observer"].permissions
    assert permissions_of([]) == frozenset()


def test_every_role_has_a_sentence() -> None:
    assert [role.key for role in ROLES if not role.sentence.endswith(".")] == []
