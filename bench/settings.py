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


def _postgres(url: str) -> dict[str, object] | None:
    """The bench's database on the server at ``url``, made if it is missing; None if unreachable."""
    try:
        server = psycopg2.connect(url, connect_timeout=2)
    except psycopg2.OperationalError:
        return None
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'lxr_bench'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE lxr_bench")
    server.close()
    return {**env.db_url_config(url), "NAME": "lxr_bench"}


DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": _postgres(env.str("BENCH_SERVER_URL", "postgres://postgres@127.0.0.1/postgres"))
    or embedded.sqlite(DATA_DIR / "bench.sqlite3")
}
