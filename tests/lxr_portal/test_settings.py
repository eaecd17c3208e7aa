"""Production starts with every setting it needs, or says which one is missing."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lxr_portal.settings.env import OPTIONAL, REQUIRED_IN_PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgres://portal@127.0.0.1:5432/portal",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@127.0.0.1:587",
    "DEFAULT_FROM_EMAIL": "lxr@trust.example.org",
    "PUBLIC_URL": "https://lxr.trust.example.org",
    "SECRET_KEY": "Vw3-" + "kd8Qz" * 12,
    "FIELD_ENCRYPTION_KEYS": "k1:" + base64.b64encode(bytes(range(32))).decode(),
    "ALLOWED_HOSTS": "lxr.trust.example.org",
}
SAYS = "import lxr_portal.settings.production as s; print({})"


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.production", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_table_of_required_settings_is_complete():
    assert set(PRODUCTION) == set(REQUIRED_IN_PRODUCTION)


@pytest.mark.parametrize("name", [*sorted(PRODUCTION), "SECRET_KEY is empty"])
def test_a_missing_setting_is_named_with_what_belongs_there(name):
    name, _, empty = name.partition(" ")
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    if empty:
        environment[name] = ""

    done = python(SAYS.format("s.DEBUG"), **environment)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.endswith(f"ImproperlyConfigured: Set {name}: {REQUIRED_IN_PRODUCTION[name]}.")


def test_production_is_safe():
    check = (
        "from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    done = python(check, **PRODUCTION)

    assert done.returncode == 0, done.stderr
    shown = python(SAYS.format("s.DEBUG, s.SHOWS_LOCAL_MAIL, s.HOLDS_DEMONSTRATION"), **PRODUCTION)
    assert shown.stdout.strip() == "False False False"


def test_optional_settings_arrive():
    done = python(
        SAYS.format("s.CACHES['default']['LOCATION'], s.TRUSTED_PROXY_COUNT, list(s.DATABASES)"),
        **PRODUCTION,
        CACHE_URL="redis://127.0.0.1:6379/1",
        TRUSTED_PROXY_COUNT="2",
        MIGRATION_DATABASE_URL="postgres://owner@127.0.0.1:5432/portal",
    )
    assert done.stdout.strip() == "redis://127.0.0.1:6379/1 2 ['default', 'owner']"


@pytest.mark.parametrize(
    ("command", "role"), [("migrate", "owner"), ("grants", "owner"), ("retention", "portal")]
)
def test_the_owners_role_makes_tables_and_the_applications_does_the_rest(command, role):
    asked = f"import sys; sys.argv = ['manage.py', '{command}'];" + SAYS.format(
        "s.DATABASES['default']['USER'], s.APPLICATION_ROLE"
    )
    done = python(
        asked, **PRODUCTION, MIGRATION_DATABASE_URL="postgres://owner@127.0.0.1:5432/portal"
    )
    assert done.stdout.strip() == f"{role} portal"


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


class TestCompose:
    """``docker compose config`` cannot run everywhere; the file is read and held against env.py."""

    def test_services(self, compose):
        assert sorted(compose["services"]) == [
            "beat", "migrate", "postgres", "redis", "web", "worker",
        ]  # fmt: skip

    @pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
    def test_every_setting_is_passed_and_no_other(self, compose, name):
        environment = compose["services"][name]["environment"]
        assert set(environment) == set(REQUIRED_IN_PRODUCTION) | set(OPTIONAL)

    def test_secrets_have_no_default(self, compose):
        environment = compose["services"]["web"]["environment"]
        for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "ALLOWED_HOSTS", "EMAIL_URL"):
            assert environment[name] == f"${{{name}:?Set {name}}}"
        assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]

    def test_only_what_changes_tables_or_deletes_events_has_the_owners_role(self, compose):
        owners = {
            name
            for name, service in compose["services"].items()
            if service.get("environment", {}).get("MIGRATION_DATABASE_URL")
        }
        assert owners == {"migrate", "worker"}

    def test_one_image(self, compose):
        ours = [s for name, s in compose["services"].items() if name not in {"postgres", "redis"}]
        assert {service["image"] for service in ours} == {"lxr-portal"}

    def test_health_checks(self, compose):
        checked = {
            name for name, service in compose["services"].items() if "healthcheck" in service
        }
        assert checked == {"postgres", "redis", "web", "worker", "beat"}

    def test_nothing_starts_before_migrations(self, compose):
        for name in ("web", "worker", "beat"):
            waits = compose["services"][name]["depends_on"]
            assert waits["migrate"] == {"condition": "service_completed_successfully"}

    def test_the_portal_listens_on_this_machine_alone(self, compose):
        published = {n: s["ports"] for n, s in compose["services"].items() if "ports" in s}
        assert published == {"web": ["127.0.0.1:8000:8000"]}

    def test_the_image_does_not_run_as_root(self):
        lines = (ROOT / "Dockerfile").read_text().splitlines()
        assert "USER portal" in lines
        assert not [line for line in lines if "SECRET" in line and "=" in line]
