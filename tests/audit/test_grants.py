"""On PostgreSQL the application's role reads and adds audit events, and no more: asked by psql."""

import os
import subprocess
import sys
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from audit.models import Event
from tests.factories import UserFactory
from tests.lxr_portal.test_settings import PRODUCTION, ROOT

append_only = import_module("audit.migrations.0002_append_only")
only_on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has roles"
)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has roles")
@pytest.mark.django_db
def test_another_database_has_nothing_to_grant():
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("grants", role="anybody")


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def role(transactional_db):
    """The application's role, with its rights granted."""
    name = f"app_{connection.settings_dict['NAME']}"[:60]
    execute(f'CREATE ROLE "{name}" LOGIN')
    try:
        call_command("grants", role=name, stdout=StringIO())
        yield name
    finally:
        execute(f'DROP OWNED BY "{name}"')
        execute(f'DROP ROLE "{name}"')


def url(user):
    stands = connection.settings_dict
    host, port = stands["HOST"] or "127.0.0.1", stands["PORT"] or 5432
    return f"postgres://{user}@{host}:{port}/{stands['NAME']}"


def psql(user, statement):
    return subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "-c", statement, url(user)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def manage(*command, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={
            **kept,
            **PRODUCTION,
            "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def an_event(years_ago=0):
    now = timezone.now()
    return Event.objects.create(
        at=now.replace(year=now.year - years_ago, day=1), action="x", object_type="x", object_id="1"
    )


@only_on_postgresql
class TestTheApplicationsRole:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_event SET action = 'y'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
            "DROP TABLE audit_event",
            "ALTER TABLE audit_event ADD COLUMN x integer",
        ],
    )
    def test_cannot_change_or_delete_events(self, role, statement):
        an_event()
        done = psql(role, statement)

        refused = "permission denied" in done.stderr or "must be owner" in done.stderr
        assert refused, done.stderr
        assert Event.objects.get().action == "x"

    def test_reads_and_adds_them(self, role):
        added = psql(
            role,
            "INSERT INTO audit_event (at, kind, action, object_type, object_id, fields, why)"
            " VALUES (now(), 'done', 'added', 'x', '1', '[]', '')",
        )
        assert (added.returncode, added.stderr) == (0, "")
        assert "added" in psql(role, "SELECT action FROM audit_event").stdout

    def test_does_everything_with_another_table(self, role):
        UserFactory()
        for statement in (
            "UPDATE accounts_user SET name = 'Another'",
            "DELETE FROM accounts_user",
        ):
            done = psql(role, statement)
            assert (done.returncode, done.stderr) == (0, "")

    def test_does_so_with_a_table_that_the_owner_makes_later(self, role):
        execute("CREATE TABLE made_later (id serial PRIMARY KEY)")
        try:
            done = psql(role, "INSERT INTO made_later DEFAULT VALUES; DELETE FROM made_later")
            assert (done.returncode, done.stderr) == (0, "")
        finally:
            execute("DROP TABLE made_later")

    def test_lets_old_events_go_through_the_owners_connection(self, role):
        old, fresh = an_event(years_ago=9), an_event()
        done = manage(
            "retention",
            DATABASE_URL=url(role),
            MIGRATION_DATABASE_URL=url(connection.settings_dict["USER"]),
        )

        assert done.returncode == 0, done.stderr
        assert "audit.event: 1" in done.stdout.splitlines()
        assert not Event.objects.filter(pk=old.pk).exists()
        assert Event.objects.filter(pk=fresh.pk).exists()

    def test_says_so_where_it_has_no_owners_connection(self, role):
        old = an_event(years_ago=9)
        done = manage("retention", DATABASE_URL=url(role))

        assert done.returncode == 1
        assert "Not carried out: audit.event. The rest was." in done.stderr
        assert Event.objects.filter(pk=old.pk).exists()


@only_on_postgresql
def test_the_migration_grants_the_same_where_settings_name_two_roles(role, settings):
    execute(f'GRANT DELETE ON audit_event TO "{role}"')
    an_event()
    settings.APPLICATION_ROLE = role

    with connection.schema_editor() as editor:
        append_only.grant(None, editor)

    assert "permission denied" in psql(role, "DELETE FROM audit_event").stderr


@only_on_postgresql
def test_the_migration_stops_at_a_role_that_no_grant_binds(db, settings):
    settings.APPLICATION_ROLE = connection.settings_dict["USER"]
    editor = SimpleNamespace(connection=connection)

    with pytest.raises(RuntimeError, match=r"DATABASE_URL: .* is a superuser"):
        append_only.grant(None, editor)


@only_on_postgresql
class TestTheCommand:
    def test_prints_what_the_owner_may_run_by_hand(self, db):
        out = StringIO()
        call_command("grants", "--print", role="lxr_app", stdout=out)

        said = out.getvalue().splitlines()
        assert said[-2:] == [
            'REVOKE ALL ON "public"."audit_event" FROM PUBLIC, "lxr_app";',
            'GRANT SELECT, INSERT ON "public"."audit_event" TO "lxr_app";',
        ]

    def test_again_changes_nothing_more(self, role):
        call_command("grants", role=role, stdout=StringIO())
        an_event()
        assert "permission denied" in psql(role, "DELETE FROM audit_event").stderr

    def test_refuses_a_role_that_is_not_there(self, db):
        with pytest.raises(CommandError, match="There is no role nobody_at_all"):
            call_command("grants", role="nobody_at_all")

    def test_refuses_a_role_that_no_grant_binds(self, db):
        with pytest.raises(CommandError, match="is a superuser"):
            call_command("grants", role=connection.settings_dict["USER"])

    def test_refuses_a_member_of_the_owners_role(self, transactional_db):
        name = f"member_{connection.settings_dict['NAME']}"[:60]
        execute(f'CREATE ROLE "{name}" LOGIN IN ROLE CURRENT_USER')
        try:
            with pytest.raises(CommandError, match="owns audit_event, or is a member"):
                call_command("grants", role=name)
        finally:
            execute(f'DROP ROLE "{name}"')
