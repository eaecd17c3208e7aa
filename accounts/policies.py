"""When accounts may be made and changed."""

from collections.abc import Collection

from accounts.models import User
from accounts.permissions import ROLE_BY_KEY
from rules import RuleBroken

LXR = "lxr"


def check_roles_go_together(roles: Collection[str]) -> None:
    """Raise RuleBroken for an unknown role, or for an LXR's role beside a staff role.

    An LXR signs in with a code alone; staff roles ask for more. One account cannot do both.
    """
    for key in roles:
        if key not in ROLE_BY_KEY:
            message = f"There is no role called {key}."
            raise RuleBroken(message)
    if LXR in roles and len(set(roles)) > 1:
        message = (
            "An account is a Lived Experience Reviewer's or a staff member's, not both."
            " Use a second address for the other account."
        )
        raise RuleBroken(message)


def check_can_open_again(existing: User, roles: Collection[str]) -> None:
    """Raise RuleBroken unless an account with this address may serve for these roles."""
    if LXR in roles and set(existing.roles) - {LXR}:
        message = "This address belongs to a staff account. Ask the person for another one."
        raise RuleBroken(message)
    if set(roles) - set(existing.roles):
        message = "There is an account with this address already."
        raise RuleBroken(message)
    if not existing.is_active:
        message = "The account with this address is closed. An administrator can open it again."
        raise RuleBroken(message)


def check_can_change_roles(user: User, roles: Collection[str], *, by: User | None) -> None:
    """Raise RuleBroken if the roles do not fit, or an administrator would lock themselves out."""
    check_roles_go_together(roles)
    if by and by.pk == user.pk and "administrator" in user.roles and "administrator" not in roles:
        message = "You cannot take the administrator role from yourself. Ask another administrator."
        raise RuleBroken(message)


def check_can_close(user: User, *, by: User | None) -> None:
    """Raise RuleBroken for closing your own account."""
    if by and by.pk == user.pk:
        message = "You cannot close your own account. Ask another administrator."
        raise RuleBroken(message)
