"""What beat starts for people. Tasks read the clock and call; they hold no logic."""

from celery import shared_task
from django.utils import timezone

from reviewers import operations


@shared_task
def end_pauses() -> None:
    """Bring back everyone whose pause is over."""
    operations.end_pauses(now=timezone.now())
