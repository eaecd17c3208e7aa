"""What the application's own database role may do on PostgreSQL: everything but change the audit.

The tables belong to the owner's role, which runs migrations and the retention of old events.
"""

from collections.abc import Callable, Iterator
from typing import Any

from audit.models import Event

APPEND_ONLY = (Event._meta.db_table,)


def statements(role: str, schema: str, quote: Callable[[str], str]) -> Iterator[str]:
    """What gives the role its rights, for tables that are there and for those to come.

    The owner runs them. Again changes nothing more.
    """
    to, within = quote(role), quote(schema)
    from_now_on = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {within} GRANT"
    yield f"GRANT USAGE ON SCHEMA {within} TO {to}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {within} TO {to}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {within} TO {to}"
    yield f"{from_now_on} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {to}"
    yield f"{from_now_on} USAGE, SELECT ON SEQUENCES TO {to}"
    for table in APPEND_ONLY:
        yield f"REVOKE ALL ON {within}.{quote(table)} FROM PUBLIC, {to}"
        yield f"GRANT SELECT, INSERT ON {within}.{quote(table)} TO {to}"


def why_not(cursor: Any, role: str) -> str:
    """Why grants would not bind this role, as a sentence; empty when they do."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        return f"There is no role {role}. Create it first: CREATE ROLE {role} LOGIN PASSWORD '…';"
    if found[0]:
        return f"{role} is a superuser, and no grant binds a superuser."
    for table in APPEND_ONLY:
        cursor.execute(
            "SELECT pg_has_role(%s, tableowner, 'MEMBER') FROM pg_tables"
            " WHERE tablename = %s AND schemaname = current_schema()",
            [role, table],
        )
        owns = cursor.fetchone()
        if owns and owns[0]:
            return (
                f"{role} owns {table}, or is a member of its owner's role, and no grant binds it."
            )
    return ""


def own_schema(cursor: Any) -> str:
    """Where the tables of this connection are made."""
    cursor.execute("SELECT current_schema()")
    return str(cursor.fetchone()[0])


def apply(connection: Any, role: str) -> None:
    """Run the statements, within whatever transaction the connection is in."""
    with connection.cursor() as cursor:
        for each in statements(role, own_schema(cursor), connection.ops.quote_name):
            cursor.execute(each)
