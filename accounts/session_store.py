"""Sessions in the database, asked for by keys that can be one."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own asks PostgreSQL even for a cookie with NUL in it, which fails."""

    def _validate_session_key(self, key: Any) -> bool:
        is_long_enough: Any = super()._validate_session_key(key)  # type: ignore[misc]
        return bool(is_long_enough) and key.isascii() and key.isalnum()
