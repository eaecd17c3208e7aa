"""Words that a glance at a locked phone or an envelope must not give away."""

import re

SENSITIVE = (
    "barred",
    "conviction",
    "criminal",
    "DBS",
    "disclosure",
    "forensic",
    "offender",
    "offending",
    "prison",
    "risk assessment",
)
_SENSITIVE = re.compile(rf"\b({'|'.join(SENSITIVE)})", re.IGNORECASE)


class Indiscreet(ValueError):  # noqa: N818 - says what is wrong with the words
    """A subject line or a text message says what only the person should read."""


def check_discreet(words: str) -> None:
    """Raise Indiscreet if the words name what only the person should read."""
    found = _SENSITIVE.search(words)
    if found:
        message = f"A subject or text message may not say “{found.group()}”."
        raise Indiscreet(message)
