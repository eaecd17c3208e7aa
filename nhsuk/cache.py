"""Caches whose loss breaks no page: a cache that cannot be reached is an empty one.

What is counted in the cache (sign-in attempts) is then not counted; the log says so each time.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
Expiry = float | None
GIVE_UP_AFTER = 0.5  # seconds


class Forgiving:
    """Before a cache backend in the bases: answers as an empty cache when that one fails."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or ``default``."""
        return _try(lambda: super(Forgiving, self).get(key, default, version), default)  # type: ignore[misc]

    def get_many(self, keys: Iterable[str], version: int | None = None) -> Any:
        """The values found."""
        return _try(lambda: super(Forgiving, self).get_many(keys, version), {})  # type: ignore[misc]

    def has_key(self, key: str, version: int | None = None) -> Any:
        """Whether the key is there."""
        return _try(lambda: super(Forgiving, self).has_key(key, version), False)  # type: ignore[misc]

    def set(
        self, key: str, value: Any, timeout: Expiry = DEFAULT_TIMEOUT, version: int | None = None
    ) -> Any:
        """Keep the value, if that can be."""
        return _try(lambda: super(Forgiving, self).set(key, value, timeout, version), None)  # type: ignore[misc]

    def add(
        self, key: str, value: Any, timeout: Expiry = DEFAULT_TIMEOUT, version: int | None = None
    ) -> Any:
        """Keep the value if there is none; "done" of a lost cache, so that a lock in it opens."""
        return _try(lambda: super(Forgiving, self).add(key, value, timeout, version), True)  # type: ignore[misc]

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> Any:
        """Count on; of a lost cache as if from nothing. ValueError if there is no such key."""
        return _try(lambda: super(Forgiving, self).incr(key, delta, version), delta)  # type: ignore[misc]

    def touch(self, key: str, timeout: Expiry = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        """Keep it for longer."""
        return _try(lambda: super(Forgiving, self).touch(key, timeout, version), False)  # type: ignore[misc]

    def delete(self, key: str, version: int | None = None) -> Any:
        """Forget it."""
        return _try(lambda: super(Forgiving, self).delete(key, version), False)  # type: ignore[misc]

    def set_many(
        self, data: dict[str, Any], timeout: Expiry = DEFAULT_TIMEOUT, version: int | None = None
    ) -> Any:
        """Keep all; the keys that were not kept."""
        return _try(lambda: super(Forgiving, self).set_many(data, timeout, version), list(data))  # type: ignore[misc]

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> Any:
        """Forget all."""
        return _try(lambda: super(Forgiving, self).delete_many(keys, version), None)  # type: ignore[misc]


def _try(ask: Callable[[], Any], empty: Any) -> Any:
    try:
        return ask()
    except (RedisError, DatabaseError, OSError):
        logger.warning("The cache could not be reached.")
        return empty


class ForgivingRedisCache(Forgiving, RedisCache):
    """Redis, or nothing. A server that hangs is given up after half a second, and not tried again:
    whoever waits for a page must not wait for it.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": GIVE_UP_AFTER,
            "socket_timeout": GIVE_UP_AFTER,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})


class ForgivingDatabaseCache(Forgiving, DatabaseCache):
    """The database's cache table, or nothing."""
