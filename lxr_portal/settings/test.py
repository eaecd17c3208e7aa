"""Tests: SQLite in a file, or the database that DATABASE_URL names."""

import atexit
import shutil
import tempfile
from pathlib import Path

from lxr_portal.settings import embedded
from lxr_portal.settings.base import *  # noqa: F403 - settings modules build on each other
from lxr_portal.settings.base import INSTALLED_APPS, STORAGES
from lxr_portal.settings.env import env

# What keeps migrations in order is for developers; a portal in use does not have it installed
INSTALLED_APPS += ["django_linear_migrations", "django_migration_linter"]

# A folder per process, so that runs beside each other do not meet
DATA_DIR = Path(tempfile.mkdtemp(prefix="lxr-portal-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
SECRET_KEY = "only-for-tests-" + "x" * 50
FIELD_ENCRYPTION_KEYS = ["t1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="]
PUBLIC_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if env.str("DATABASE_URL", ""):
    # What a test stores is thrown away: nobody waits for the disk
    DATABASES = {
        "default": env.db_url("DATABASE_URL")
        | {"OPTIONS": {"options": "-c synchronous_commit=off"}}
    }
else:
    # A file, not memory: threads of race tests and the browser's server have their own connections
    DATABASES = {
        "default": embedded.sqlite(DATA_DIR / "portal.sqlite3")
        | {"TEST": {"NAME": str(DATA_DIR / "tests.sqlite3")}}
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "memory://")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # what the local mail page reads
DEFAULT_FROM_EMAIL = "LXR programme <lxr@trust.example.org>"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
TRUSTED_PROXY_COUNT = 0
SHOWS_LOCAL_MAIL = True
HOLDS_DEMONSTRATION = True
NOTIFY_API_KEY = NOTIFY_TEXT_TEMPLATE_ID = ""
