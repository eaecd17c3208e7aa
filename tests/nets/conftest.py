"""The nets' own fixture."""

from tests.nets.world import world

__all__ = ["world"]
