"""Test settings on a database of the bench's own: PostgreSQL when it is reachable, else SQLite."""

import psycopg2

from lxr_portal.settings import embedded
from lxr_portal.settings.base import BASE_DIR
from lxr_portal.settings.env import env
from lxr_portal.settings.test import *  # noqa: F403 - settings modules build on each other
from lxr_portal.settings.test import TEMPLATES

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver"]
DATA_DIR = BASE_DIR / "var" / "bench"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", 2525
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]


def _postgres(url: str, name: str) -> dict[str, object] | None:
    """The database of that name on the server at ``url``, made if missing; None if unreachable."""
    try:
        server = psycopg2.connect(url, connect_timeout=2)
    except psycopg2.OperationalError:
        return None
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name}")
    server.close()
    return {**env.db_url_config(url), "NAME": name}


SERVER = env.str("BENCH_SERVER_URL", "postgres://postgres@127.0.0.1/postgres")
DATA_DIR.mkdir(parents=True, exist_ok=True)
# The region; a trust of 1,000 people and 1,000 reviews to compare its lists with; 100,000 people;
# a trust of 10,000 people on their way, with their checks, and one of 1,000;
# 100,000 training sessions, and 1,000 to compare their list with;
# a year of visits to plan; the figures of 100,000 reviews and of a million.
DATABASES = {
    alias: _postgres(SERVER, f"lxr_{name}") or embedded.sqlite(DATA_DIR / f"{name}.sqlite3")
    for alias, name in (
        ("default", "bench"),
        ("small", "bench_small"),
        ("crowd", "bench_crowd"),
        ("people", "bench_people"),
        ("people_small", "bench_people_small"),
        ("training", "bench_training"),
        ("training_small", "bench_training_small"),
        ("plans", "bench_plans"),
        ("figures", "bench_figures"),
        ("million", "bench_million"),
    )
}
