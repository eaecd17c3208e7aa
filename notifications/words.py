"""What messages say: plain-text templates, with how to reach the team at the end of each.

Each app keeps its own under ``templates/APP/messages/NAME.txt``. A template says what happened and
what to do next; whom to ring is added here, from the trust's settings.
"""

from typing import Any

from django.conf import settings
from django.template import Context, loader

from organisation.models import TrustSettings
from organisation.queries import trust_settings

ENDING = "notifications/messages/ending.txt"


def letter(
    template: str, context: dict[str, Any] | None = None, *, trust: TrustSettings | None = None
) -> str:
    """The message's words. Give ``trust`` where many are written, to read the settings once.

    Templates may use ``team``, ``telephone``, ``mailbox``, ``safeguarding_line``, ``crisis_line``
    and ``portal`` (the portal's address). Nothing is escaped: this is plain text.
    """
    trust = trust or trust_settings()
    known = {
        "team": trust.team_name,
        "telephone": trust.telephone,
        "mailbox": trust.mailbox,
        "safeguarding_line": trust.safeguarding_line,
        "crisis_line": trust.crisis_line,
        "portal": settings.PUBLIC_URL,
        **(context or {}),
    }
    parts = [_plain(each, known).strip() for each in (template, ENDING)]
    return "\n\n".join(parts) + "\n"


def _plain(template: str, known: dict[str, Any]) -> str:
    # Django's loader escapes for HTML; the template beneath it can be told not to.
    found = loader.get_template(template)
    return str(found.template.render(Context(known, autoescape=False)))  # type: ignore[attr-defined]


def short_text(subject: str, trust: TrustSettings) -> str:
    """What a text message says by default: the subject, where to look, and whom to ring."""
    return (
        f"{subject}. Please look at {settings.PUBLIC_URL} or ring {trust.team_name} "
        f"on {trust.telephone}."
    )
