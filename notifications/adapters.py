"""allauth's mails go through our outbox, so a mail server that is down breaks no page."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.adapters import SignInAdapter
from accounts.models import User
from notifications.addressees import for_user
from notifications.models import Message
from notifications.operations import queue
from notifications.words import letter

# allauth's name of a mail: its subject, our words for it, and how long it is of use
MAILS: dict[str, tuple[str, str, timedelta]] = {
    "account/email/login_code": (
        "Your sign-in code",
        "notifications/messages/sign_in_code.txt",
        timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    ),
    "account/email/password_reset_key": (
        "Choose a new password",
        "notifications/messages/new_password.txt",
        timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    ),
}
ANY_OTHER = timedelta(days=1)


class AccountAdapter(SignInAdapter):
    """Sign-up is closed; sign-in codes are urgent messages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is made for a person, by an invitation or a coordinator."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail as urgent and secret. An address without an account gets none."""
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is not None:
            queue_account_mail(
                user=user,
                mail=template_prefix,
                context=context,
                otherwise=lambda: self._theirs(template_prefix, email, context),
                now=timezone.now(),
            )

    def _theirs(self, template_prefix: str, email: str, context: dict[str, Any]) -> tuple[str, str]:
        rendered = self.render_mail(template_prefix, email, context)
        return rendered.subject, str(rendered.body)


def queue_account_mail(
    *, user: User, mail: str, context: dict[str, Any], otherwise: Any, now: datetime
) -> Message | None:
    """Put a mail about somebody's account into the outbox, in our words where we have them.

    ``otherwise`` gives subject and body of a mail we have no words for.
    """
    if mail in MAILS:
        subject, template, of_use = MAILS[mail]
        known = {name: value for name, value in context.items() if name != "request"}
        body = letter(template, known)
    else:
        of_use = ANY_OTHER
        subject, body = otherwise()
    return queue(
        key=f"account:{user.pk}:{uuid.uuid4()}",
        kind="account",
        to=for_user(user),
        subject=subject,
        body=body,
        now=now,
        too_late_at=now + of_use,
        is_urgent=True,
        is_secret=True,
    )
