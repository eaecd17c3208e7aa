"""Taking the access log away is itself recorded."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record


@transaction.atomic
def record_export(*, by: User, now: datetime) -> None:
    """Record that ``by`` took the log away as a file."""
    record("exported the access log", on=by, by=by, now=now)
