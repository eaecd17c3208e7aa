"""The ways a message leaves by itself: email, and text messages by GOV.UK Notify."""

import hashlib
import smtplib
from email.mime.text import MIMEText
from email.utils import parseaddr
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from notifications_python_client import notifications as notify
from notifications_python_client.errors import APIError

from notifications.addressees import sends_texts
from notifications.models import Channel, Message
from notifications.registry import Attachment
from organisation.models import TrustSettings

TOO_BUSY = {429, 500, 502, 503, 504}
SHUTTING_DOWN = 421
_notify: Any = notify.NotificationsAPIClient


class Refused(Exception):  # noqa: N818 - says what happened
    """This one message was not taken. ``str()`` is a sentence for a coordinator."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


class Unreachable(Exception):  # noqa: N818 - says what happened
    """Nothing can be sent this way just now. ``str()`` is a sentence for a coordinator."""


class Sender(Protocol):
    """Sends one message after another."""

    def send(self, message: Message, attachment: Attachment | None = None) -> None:
        """Send it. Raises Refused or Unreachable."""

    def close(self) -> None:
        """Let go of the connection."""


def reference_of(message: Message) -> str:
    """What the message is recognised by: the same each time it is sent, saying nothing itself."""
    return hashlib.sha256(message.key.encode()).hexdigest()[:40]


class EmailSender:
    """Plain emails over one connection. Replies reach the team's mailbox."""

    def __init__(self, trust: TrustSettings) -> None:
        self.trust = trust
        self.connection = get_connection()
        self.domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]

    def send(self, message: Message, attachment: Attachment | None = None) -> None:
        """Send it. Raises Unreachable if there is no connection, Refused for this one alone."""
        try:
            self.connection.open()
        except OSError as error:  # smtplib's errors are among these
            self.connection.close()
            sentence = "The mail server could not be reached. We keep trying."
            raise Unreachable(sentence) from error
        try:
            self.connection.send_messages([self._email(message, attachment)])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            sentence = "The mail server does not take this address."
            raise Refused(sentence, is_final=all(code >= 500 for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == SHUTTING_DOWN:
                self.close()
            sentence = "The mail server did not take this message."
            raise Refused(sentence, is_final=False) from error
        except OSError as error:
            self.close()
            sentence = "The connection to the mail server broke off."
            raise Refused(sentence, is_final=False) from error
        except ValueError as error:
            raise Refused("This is not an email address.", is_final=True) from error

    def close(self) -> None:
        """Close the connection; the next message opens another."""
        try:
            self.connection.close()
        except OSError:
            self.connection.connection = None  # type: ignore[attr-defined]  # it is gone anyway

    def _email(self, message: Message, attachment: Attachment | None) -> EmailMessage:
        email = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[message.address],
            reply_to=[self.trust.mailbox],
            headers={
                "Message-ID": f"<{reference_of(message)}@{self.domain}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        if attachment is not None:
            email.body = f"{message.body.rstrip()}\n\n{attachment.words}\n"
            email.attach(_part_of(attachment))
        return email


def _part_of(attachment: Attachment) -> MIMEText:
    """By hand: Django would write the parameters of the type into its name."""
    part = MIMEText(attachment.content, attachment.subtype, "utf-8")
    for name, value in attachment.parameters.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


class TextSender:
    """Text messages by GOV.UK Notify. Before a resend, Notify is asked whether it has it."""

    def __init__(self) -> None:
        # The client has no types of its own.
        self.client: Any = _notify(settings.NOTIFY_API_KEY) if sends_texts() else None

    def send(self, message: Message, attachment: Attachment | None = None) -> None:
        """Send it, unless Notify has it already. Raises Refused or Unreachable."""
        if self.client is None:
            raise Unreachable("GOV.UK Notify has no key here. Ring the person instead.")
        reference = reference_of(message)
        try:
            if message.attempts > 1:
                found = self.client.get_all_notifications(reference=reference)
                if found["notifications"]:
                    return
            self.client.send_sms_notification(
                phone_number=message.address,
                template_id=settings.NOTIFY_TEXT_TEMPLATE_ID,
                personalisation={"body": message.body},
                reference=reference,
            )
        except APIError as error:
            if error.response is None or error.status_code in {401, 403}:
                sentence = "GOV.UK Notify could not be reached. We keep trying."
                raise Unreachable(sentence) from error
            is_final = error.status_code not in TOO_BUSY
            sentence = "GOV.UK Notify does not take this number."
            if not is_final:
                sentence = "GOV.UK Notify is busy."
            raise Refused(sentence, is_final=is_final) from error

    def close(self) -> None:
        """Let go of the connection."""
        if self.client is not None:
            self.client.request_session.close()


class Senders:
    """One sender for each channel, made when first needed and closed together."""

    def __init__(self, trust: TrustSettings) -> None:
        self.trust = trust
        self._made: dict[str, Sender] = {}

    def sender(self, channel: str) -> Sender:
        """The sender for this channel."""
        if channel not in self._made:
            is_email = channel == Channel.EMAIL
            self._made[channel] = EmailSender(self.trust) if is_email else TextSender()
        return self._made[channel]

    def close(self) -> None:
        """Close what was opened."""
        for each in self._made.values():
            each.close()
