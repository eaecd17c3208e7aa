"""A cache that cannot be reached is an empty one."""

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


def test_lost_cache_is_logged(lost: BaseCache, caplog: pytest.LogCaptureFixture) -> None:
    lost.get("a")
    assert [record.getMessage() for record in caplog.records] == ["The cache could not be reached."]
