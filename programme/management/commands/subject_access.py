"""Writes everything held on a person into a folder, for whoever looks after the server."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programme.enquiries.operations import copy
from programme.subject_access.files import KINDS
from programme.subject_access.operations import gather_by_command
from programme.subject_access.queries import get_whose
from reviewers.models import Enquiry, Reviewer


class Command(BaseCommand):
    """``manage.py subject_access REFERENCE --to DIR``: two files, readable by their owner alone."""

    help = "Write everything held on a person into a folder, as a PDF and as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See the class."""
        parser.add_argument(
            "reference", help="the person's reference, like LXR-001, or “Enquiry 5”"
        )
        parser.add_argument("--to", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when nobody has the reference, or the folder cannot be written to."""
        whose = get_whose(options["reference"])
        if whose is None:
            message = f"Nobody has the reference {options['reference']}."
            raise CommandError(message)
        folder: Path = options["to"]
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, content in _files(whose, now=timezone.now()):
                path = folder / name
                _write(path, content)
                self.stdout.write(str(path))
        except OSError as error:
            message = f"{folder} cannot be written to: {error.strerror}."
            raise CommandError(message) from error


def _files(whose: Reviewer | Enquiry, *, now: datetime) -> Iterator[tuple[str, bytes]]:
    """What the button of their page gives."""
    if isinstance(whose, Reviewer):
        document, data = gather_by_command(reviewer=whose, now=now)
        yield f"everything-{whose.pk}.pdf", document
        yield f"everything-{whose.pk}.json", data
    else:
        for name, (_, ending) in KINDS.items():
            content = copy(enquiry=whose, name=name, by=None, now=now)
            yield f"enquiry-{whose.pk}.{ending}", content


def _write(path: Path, content: bytes) -> None:
    """A file of its own: what stood there is replaced, a link is never followed."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
