"""What one database has and the other has not after all migrations, listed so that it is known."""

import pytest
from django.db import connection

QUERIES = {
    "exclusion constraints": "SELECT conname FROM pg_constraint WHERE contype = 'x'",
    "extensions": "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    # Where settings name an application's role beside the owner's; see tests/audit/test_grants.py
    "others' rights on audit events": (
        "SELECT grantee FROM information_schema.role_table_grants"
        " WHERE table_name = 'audit_event' AND grantee <> CURRENT_USER"
    ),
    "trigram indexes": "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'",
    "indexes of beginnings": (
        "SELECT indexname FROM pg_indexes"
        " WHERE indexdef LIKE '%upper(%text_pattern_ops%' AND schemaname = CURRENT_SCHEMA()"
    ),
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
        "indexes of beginnings": {
            "reviewers_begin_first_name",
            "reviewers_begin_last_name",
            "reviewers_begin_reference",
        },
        "others' rights on audit events": set(),
        "triggers": set(),
        "trigram indexes": set(),
    }


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own objects")
def test_sqlite_has_no_triggers():
    """A table remake drops them without a word."""
    assert found("SELECT name FROM sqlite_master WHERE type = 'trigger'") == set()
