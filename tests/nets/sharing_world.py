"""Figures that others read: a token of each kind, the portal's key, a partner and its file."""

import uuid
from datetime import timedelta
from typing import Any

from insights.api.operations import make_token
from insights.api.scopes import Scope
from insights.partnership.operations import add_partner, make_key, receive
from tests.factories import NOW, TODAY
from tests.insights.partners import OtherPortal


def add_sharing(world: Any) -> None:
    """A token that may read everything; a partner whose figures are here, and its next file."""
    world.token, world.token_secret = token_of(world)
    world.signing_key = make_key(by=world.quality_lead, now=NOW)
    world.partner = partner_of(world, "Eastmoor Trust")


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


def partner_of(world: Any, name: str) -> Any:
    """Another trust, whose file is here."""
    portal = OtherPortal()
    partner = add_partner(name=name, public_key=portal.public_key, by=world.quality_lead, now=NOW)
    receive(document=portal.file(), by=world.quality_lead, now=NOW)
    return partner


def grow_sharing(world: Any, n: int) -> None:
    """One more of each."""
    token_of(world, name=f"Program {n}")
    partner_of(world, f"Trust {n}")
