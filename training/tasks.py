"""What beat starts for training. Tasks read the clock and call; they hold no logic."""

from celery import shared_task
from django.utils import timezone

from training import operations
from training.operations import said


@shared_task
def release_unanswered() -> None:
    """Let invitations run out that nobody answered in time, and in whoever waits for a place."""
    now = timezone.now()
    operations.release_unanswered(now=now)
    operations.let_in_waiting(now=now)


@shared_task
def close_old_forms() -> None:
    """Close the feedback forms of sessions that were two weeks ago."""
    said.close_old_forms(now=timezone.now())
