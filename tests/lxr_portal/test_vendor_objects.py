"""What one database has and the other has not after all migrations, listed so that it is known."""

import pytest
from django.db import connection

QUERIES = {
    "exclusion constraints": "SELECT conname FROM pg_constraint WHERE contype = 'x'",
    "extensions": "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "trigram indexes": "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'",
}


def found(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own objects")
def test_postgresql_has_these_of_its_own():
    assert {name: found(query) for name, query in QUERIES.items()} == {
        "exclusion constraints": {"reviews_member_no_overlap"},
        "extensions": {"btree_gist"},
        "triggers": set(),
        "trigram indexes": set(),
    }


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own objects")
def test_sqlite_has_no_triggers():
    """A table remake drops them without a word."""
    assert found("SELECT name FROM sqlite_master WHERE type = 'trigger'") == set()
