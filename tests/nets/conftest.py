"""The nets' own fixtures."""

from tests.nets.world import made_world, world

__all__ = ["made_world", "world"]
