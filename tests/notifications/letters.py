"""Emails as Django's file backend writes them."""

from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


def write_local_mail(name: str, *subjects: str) -> str:
    """Write emails into the file ``name`` of the mail folder; gives the name back."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    backend = EmailBackend(file_path=str(folder))
    backend._fname = str(folder / name)  # otherwise named after the moment
    emails = [
        EmailMessage(subject, f"Zoë, this is {subject}.", to=["sam@example.org"])
        for subject in subjects or ("Your sign-in code",)
    ]
    backend.send_messages(emails)
    return name
