"""Caches whose loss breaks no page: a cache that cannot be reached is an empty one."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, instead: Any) -> Callable[..., Any]:
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(type(self), self), name)(*args, **kwargs)
        except (RedisError, DatabaseError, OSError):
            logger.warning("The cache could not be reached.")
            return kwargs.get("default", args[1] if name == "get" and len(args) > 1 else instead)

    return call


class ForgivingRedisCache(RedisCache):
    """Redis, or nothing."""

    get = _forgiving("get", None)
    set = _forgiving("set", None)
    add = _forgiving("add", True)
    delete = _forgiving("delete", False)
    incr = _forgiving("incr", 0)
    touch = _forgiving("touch", False)
    has_key = _forgiving("has_key", False)


class ForgivingDatabaseCache(DatabaseCache):
    """The database's cache table, or nothing."""

    get = _forgiving("get", None)
    set = _forgiving("set", None)
    add = _forgiving("add", True)
    delete = _forgiving("delete", False)
    touch = _forgiving("touch", False)
    has_key = _forgiving("has_key", False)
