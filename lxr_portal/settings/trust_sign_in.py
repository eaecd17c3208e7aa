"""The trust's OpenID Connect server, for staff sign-in, from the environment."""

from typing import Any
from urllib.parse import urlsplit

from lxr_portal.settings.env import env


def server() -> str:
    """Where browsers are sent to sign in, as a content security policy names it; or nothing."""
    address = urlsplit(env.str("OIDC_SERVER_URL", ""))
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def providers() -> dict[str, Any]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS``; empty where the trust has no such server."""
    if not server():
        return {}
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "trust",
                    "name": "your trust account",
                    "client_id": env.str("OIDC_CLIENT_ID"),
                    "secret": env.str("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": env.str("OIDC_SERVER_URL")},
                }
            ],
        }
    }
