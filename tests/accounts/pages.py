"""Who may open which page of this app. Most are allauth's, in our frame."""

from typing import Any

from accounts.permissions import ROLES
from tests.nets.pages import EVERYONE, SIGNED_IN, Page

NO_ONE: frozenset[str] = frozenset()
# In the world, staff have an authenticator; LXRs have none.
WITH_AUTHENTICATOR = frozenset(role.key for role in ROLES if role.key != "lxr")


def both(name: str, roles: frozenset[str], *seen_by: str, **more: Any) -> list[Page]:
    """A page that shows a form and takes it."""
    return [
        Page(name, roles, seen_by=seen_by, **more),
        Page(name, roles, method="POST", **more),
    ]


PAGES: list[Page] = [
    *both("account_login", EVERYONE, "anonymous"),
    *both("account_request_login_code", EVERYONE, "anonymous"),
    *both("account_confirm_login_code", EVERYONE),
    *both("account_logout", EVERYONE, "lxr"),
    Page("account_inactive", EVERYONE, seen_by=("anonymous",)),
    *both("account_signup", NO_ONE),
    *both("account_reset_password", EVERYONE, "anonymous"),
    Page("account_reset_password_done", EVERYONE, seen_by=("anonymous",)),
    *both(
        "account_reset_password_from_key",
        EVERYONE,
        "anonymous",
        kwargs=lambda world: {"uidb36": "1", "key": "unknown"},
    ),
    Page("account_reset_password_from_key_done", EVERYONE, seen_by=("anonymous",)),
    *both("account_change_password", SIGNED_IN, "coordinator"),
    *both("account_set_password", SIGNED_IN, "visit_lead"),
    *both("account_reauthenticate", SIGNED_IN, "coordinator"),
    Page("mfa_index", SIGNED_IN, seen_by=("lxr", "coordinator")),
    *both("mfa_authenticate", EVERYONE),
    *both("mfa_reauthenticate", SIGNED_IN, "visit_lead"),
    *both("mfa_activate_totp", SIGNED_IN, "lxr"),
    *both("mfa_deactivate_totp", WITH_AUTHENTICATOR, "coordinator", "administrator"),
    Page("mfa_view_recovery_codes", WITH_AUTHENTICATOR, seen_by=("coordinator",)),
    *both("mfa_generate_recovery_codes", SIGNED_IN, "coordinator", "lxr"),
    *both("accounts:fresh", SIGNED_IN, "lxr"),
    *both("accounts:confirm-fresh", SIGNED_IN),
]
