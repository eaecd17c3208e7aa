"""Figures that others read: a token of each kind."""

import uuid
from datetime import timedelta
from typing import Any

from insights.api.operations import make_token
from insights.api.scopes import Scope
from tests.factories import NOW, TODAY


def add_sharing(world: Any) -> None:
    """A token that may read everything."""
    world.token, world.token_secret = token_of(world)


def token_of(world: Any, **given: Any) -> Any:
    """A token and its secret."""
    return make_token(
        **{
            "name": "Power BI of the board",
            "scopes": Scope.values,
            "last_day": TODAY + timedelta(days=365),
            "once": uuid.uuid4(),
            "by": world.quality_lead,
            "now": NOW,
            **given,
        }
    )


def grow_sharing(world: Any, n: int) -> None:
    """One more of each."""
    token_of(world, name=f"Program {n}")
