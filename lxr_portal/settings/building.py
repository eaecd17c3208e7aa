"""Building the image: enough to collect static files, and no more. It serves nobody."""

import secrets

from lxr_portal.settings.base import *  # noqa: F403 - settings modules build on each other
from lxr_portal.settings.base import BASE_DIR

SECRET_KEY = secrets.token_urlsafe(50)  # gone with the build
STATIC_ROOT = BASE_DIR / "static-root"
