"""A cache that cannot be reached is an empty one."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache

from nhsuk.cache import ForgivingDatabaseCache, ForgivingRedisCache


@pytest.fixture(params=["redis", "database"])
def lost(request: pytest.FixtureRequest, db: Any) -> BaseCache:
    if request.param == "redis":
        return ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    return ForgivingDatabaseCache("there_is_no_such_table", {})


def test_lost_cache_answers_like_an_empty_one(lost: BaseCache) -> None:
    assert lost.get("a") is None
    assert lost.get("a", "default") == "default"
    assert lost.get("a", default="default") == "default"
    assert lost.get_many(["a", "b"]) == {}
    assert lost.has_key("a") is False


def test_lost_cache_keeps_nothing_and_breaks_nothing(lost: BaseCache) -> None:
    lost.set("a", 1)
    assert lost.add("lock", 1) is True
    assert lost.touch("a") is False
    assert lost.delete("a") is False
    lost.set_many({"a": 1, "b": 2})
    lost.delete_many(["a"])
    assert lost.get_or_set("a", lambda: 3) == 3


def test_lost_cache_counts_nothing_on(lost: BaseCache) -> None:
    lost.add("count", 0)
    try:
        assert lost.incr("count") == 1
    except ValueError:  # as of an empty cache
        assert isinstance(lost, ForgivingDatabaseCache)


def test_lost_cache_is_logged(lost: BaseCache, caplog: pytest.LogCaptureFixture) -> None:
    lost.get("a")
    assert [record.getMessage() for record in caplog.records] == ["The cache could not be reached."]


@pytest.fixture
def hanging() -> Iterator[socket.socket]:
    """A server that takes a connection and says nothing; closed after half a minute."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        end = threading.Timer(30, server.close)
        end.start()
        yield server
        end.cancel()


def test_server_that_hangs_is_given_up_and_not_asked_twice(hanging: socket.socket) -> None:
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{hanging.getsockname()[1]}/0", {})

    assert cache.get("a", "default") == "default"

    assert hanging.fileno() != -1, "it was waited for until it went away"
    hanging.accept()[0].close()
    hanging.settimeout(0)
    with pytest.raises(BlockingIOError):
        hanging.accept()
