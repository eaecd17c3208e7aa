"""Writes everything held on a person into a folder, for whoever looks after the server."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programme.subject_access.operations import gather_by_command
from reviewers.models import Reviewer


class Command(BaseCommand):
    """``manage.py subject_access REFERENCE --to DIR``: two files, readable by their owner alone."""

    help = "Write everything held on a person into a folder, as a PDF and as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See the class."""
        parser.add_argument("reference", help="the person's reference, like LXR-001")
        parser.add_argument("--to", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when nobody has the reference, or the folder cannot be written to."""
        people = Reviewer.objects.select_related("user")
        person = people.filter(reference__iexact=options["reference"]).first()
        if person is None:
            message = f"Nobody has the reference {options['reference']}."
            raise CommandError(message)
        document, data = gather_by_command(reviewer=person, now=timezone.now())
        folder: Path = options["to"]
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for ending, content in (("pdf", document), ("json", data)):
                path = folder / f"everything-{person.pk}.{ending}"
                _write(path, content)
                self.stdout.write(str(path))
        except OSError as error:
            message = f"{folder} cannot be written to: {error.strerror}."
            raise CommandError(message) from error


def _write(path: Path, content: bytes) -> None:
    """A file of its own: what stood there is replaced, a link is never followed."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
