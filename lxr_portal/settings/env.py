"""The one place that reads the environment. A missing setting says what to set."""

from collections.abc import Callable
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

REQUIRED_IN_PRODUCTION = {
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "CELERY_BROKER_URL": "redis://host:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that messages come from",
    "PUBLIC_URL": "the address people open, such as https://lxr.trust.example",
    "SECRET_KEY": "50 or more random characters",
    "FIELD_ENCRYPTION_KEYS": "one or more ID:KEY pairs, newest first, KEY being 32 bytes in base64",
    "ALLOWED_HOSTS": "the host names served, separated by commas",
}
OPTIONAL = {
    "CACHE_URL": "redis://host:6379/1; without it the database is the cache",
    "TRUSTED_PROXY_COUNT": "how many proxies stand before the portal (default 1)",
    "MIGRATION_DATABASE_URL": "the owner's role, for migrations and audit retention",
    "NOTIFY_API_KEY": "GOV.UK Notify, for text messages",
    "NOTIFY_TEXT_TEMPLATE_ID": "the Notify template with one field, ((body))",
    "ALLOW_NHS_FONT": "true loads Frutiger from the NHS's asset host",
    "OIDC_SERVER_URL": "the trust's OpenID Connect server, for staff sign-in",
    "OIDC_CLIENT_ID": "the client id registered there",
    "OIDC_CLIENT_SECRET": "its secret",
}


def required(name: str, read: Callable[[str], Any] = env.str) -> Any:
    """The value of a required setting.

    Raises ImproperlyConfigured, naming the variable and what belongs in it, when it is missing
    or empty.
    """
    value = read(name) if env.str(name, "") else None
    if not value:
        message = f"Set {name}: {REQUIRED_IN_PRODUCTION[name]}."
        raise ImproperlyConfigured(message)
    return value
