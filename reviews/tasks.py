"""What beat starts for visits. Tasks read the clock and call; they hold no logic."""

from celery import shared_task
from django.utils import timezone

from reviews import operations


@shared_task
def expire_invitations() -> None:
    """Let invitations run out whose time is over, and ask whoever is next."""
    now = timezone.now()
    operations.expire_invitations(now=now)
    operations.ask_whoever_is_next(now=now)
