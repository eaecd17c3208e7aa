"""A local mail server, and messages to send."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from notifications.models import Message
from tests.factories import NOW


class MailServer:
    """A real SMTP server on this machine; it can be down, and refuse recipients."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.received: list[Any] = []
        self.refusals: dict[str, str] = {}
        self.connections = 0
        self._controller: Controller | None = None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.received.append(envelope)
        return "250 OK"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def addresses(self) -> list[str]:
        return [address for each in self.received for address in each.rcpt_tos]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running mail server that the portal sends by."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    server.start()
    yield server
    server.stop()


@pytest.fixture
def waiting(db: None) -> Callable[..., Message]:
    """``waiting(address="sam@example.org")``: a message that is due."""

    def make(**changes: Any) -> Message:
        count = Message.objects.count()
        fields = {
            "key": f"hello:{count}",
            "kind": "hello",
            "recipient_kind": "staff",
            "recipient_id": 7,
            "recipient_name": "Sam Field",
            "channel": "email",
            "address": f"sam{count}@example.org",
            "subject": "Visit with the quality team",
            "body": "Please say if you can come.",
            "queued_at": NOW,
            "due_at": NOW,
        }
        return Message.objects.create(**{**fields, **changes})

    return make
