"""The demonstration's mail: files that Django's file backend wrote, read back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

BETWEEN = b"-" * 79  # what the file backend writes after each message
NEWEST = 50


@dataclass(frozen=True)
class LocalMail:
    """One email of the demonstration. ``name`` and ``number`` say where it stands."""

    name: str
    number: int
    to: str
    subject: str
    body: str
    at: datetime | None


def local_mails() -> list[LocalMail]:
    """The newest emails, newest first; none where mail is not kept in files."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.log"), key=lambda each: each.name, reverse=True)
    found: list[LocalMail] = []
    for file in files[:NEWEST]:
        parts = [part for part in file.read_bytes().split(BETWEEN) if part.strip()]
        mails = [_read(file.name, number, part) for number, part in enumerate(parts, start=1)]
        found += reversed(mails)
    return found[:NEWEST]


def _read(name: str, number: int, part: bytes) -> LocalMail:
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(part.lstrip())
    words = mail.get_body(("plain",))
    sent = mail["Date"]
    return LocalMail(
        name=name,
        number=number,
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        body=str(words.get_content()) if words is not None else "",
        at=_moment(str(sent)) if sent else None,
    )


def _moment(date: str) -> datetime:
    # Django writes the offset as -0000, which means UTC and is read as no zone at all.
    moment = parsedate_to_datetime(date)
    return localtime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
