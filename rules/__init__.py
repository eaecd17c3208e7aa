"""What a broken rule is. The lowest floor: it imports nothing of ours.

A policy is a pure function ``check_x`` that raises :class:`RuleBroken` with a sentence for the
person; :func:`allows` turns it into the yes or no that a template asks for.
"""

from collections.abc import Callable
from typing import Any


class RuleBroken(Exception):  # noqa: N818 - a broken rule is an answer, not an error of the program
    """Something may not happen now. ``str()`` is one or two sentences a user can read."""


def allows(check: Callable[..., None], /, *args: Any, **kwargs: Any) -> bool:
    """Whether ``check`` passes for these arguments."""
    try:
        check(*args, **kwargs)
    except RuleBroken:
        return False
    return True
