"""The embedded way to run, the default: one machine, SQLite, files for broker and mail."""

from lxr_portal.settings import embedded
from lxr_portal.settings.base import *  # noqa: F403 - settings modules build on each other
from lxr_portal.settings.env import env

DATA_DIR = embedded.data_dir()
SECRET_KEY, FIELD_ENCRYPTION_KEYS = embedded.keys(DATA_DIR)
PUBLIC_URL = f"http://127.0.0.1:{env.str('PORT', '') or 8000}"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES = {"default": embedded.sqlite(DATA_DIR / "portal.sqlite3")}
CACHES = {
    "default": {"BACKEND": "nhsuk.cache.ForgivingDatabaseCache", "LOCATION": "django_cache"},
}
CELERY_BROKER_URL = "filesystem://localhost//"
CELERY_BROKER_TRANSPORT_OPTIONS = embedded.broker_options(DATA_DIR / "broker")
CELERY_BROKER_TRANSPORT = "jobs.transport:Transport"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = "LXR programme <lxr@trust.example.org>"
STATIC_ROOT = DATA_DIR / "static"
TRUSTED_PROXY_COUNT = 0
SHOWS_LOCAL_MAIL = True
HOLDS_DEMONSTRATION = True
NOTIFY_API_KEY = NOTIFY_TEXT_TEMPLATE_ID = ""
