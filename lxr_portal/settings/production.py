"""Production: PostgreSQL, Redis, SMTP; every required setting comes from the environment."""

import sys
from urllib.parse import urlsplit

from lxr_portal.settings import trust_sign_in
from lxr_portal.settings.base import *  # noqa: F403 - settings modules build on each other
from lxr_portal.settings.base import BASE_DIR, CONTENT_SECURITY_POLICY
from lxr_portal.settings.env import env, required

OWNERS_COMMANDS = {"migrate", "createcachetable", "grants"}  # of manage.py, that change tables

SECRET_KEY = required("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = required("FIELD_ENCRYPTION_KEYS", env.list)
ALLOWED_HOSTS = required("ALLOWED_HOSTS", env.list)
PUBLIC_URL = required("PUBLIC_URL").rstrip("/")
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL")
DATABASES = {"default": {**required("DATABASE_URL", env.db_url), "CONN_MAX_AGE": 60}}
if env.str("MIGRATION_DATABASE_URL", ""):
    # Two roles: the application's own cannot change audit events, the owner's makes the tables.
    APPLICATION_ROLE = DATABASES["default"].get("USER", "")
    DATABASES["owner"] = env.db_url("MIGRATION_DATABASE_URL")
    if sys.argv[1:2] and sys.argv[1] in OWNERS_COMMANDS:
        DATABASES["default"] = DATABASES["owner"]
CELERY_BROKER_URL = required("CELERY_BROKER_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
vars().update(required("EMAIL_URL", env.email_url))
EMAIL_TIMEOUT = 20
CACHES = {
    "default": (
        {"BACKEND": "nhsuk.cache.ForgivingRedisCache", "LOCATION": env.str("CACHE_URL")}
        if env.str("CACHE_URL", "")
        else {"BACKEND": "nhsuk.cache.ForgivingDatabaseCache", "LOCATION": "django_cache"}
    ),
}
STATIC_ROOT = BASE_DIR / "static-root"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_TEXT_TEMPLATE_ID = env.str("NOTIFY_TEXT_TEMPLATE_ID", "")
SHOWS_LOCAL_MAIL = False
HOLDS_DEMONSTRATION = False

SOCIALACCOUNT_PROVIDERS = trust_sign_in.providers()
if SOCIALACCOUNT_PROVIDERS:
    # The button posts to the portal, which sends the browser on to the trust's server.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(trust_sign_in.server())

if env.bool("ALLOW_NHS_FONT", False):
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["font-src"].append("https://assets.nhs.uk")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"{urlsplit(PUBLIC_URL).scheme}://{urlsplit(PUBLIC_URL).netloc}"]
