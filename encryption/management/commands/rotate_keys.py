"""``manage.py rotate_keys``: put everything that is encrypted under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from encryption.keys import CannotDecrypt
from encryption.rotation import places


class Command(BaseCommand):
    """Run it after a new key was put first in FIELD_ENCRYPTION_KEYS; then drop the old key."""

    help = "Re-encrypt every encrypted value with the first key of FIELD_ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each column; exit status 1 at a value that no key opens."""
        for place, rotate_all in places():
            try:
                count = rotate_all()
            except CannotDecrypt as error:
                message = f"{error} Add the key it was made with, and run this again."
                raise CommandError(message) from error
            self.stdout.write(f"{place}: {count} re-encrypted")
