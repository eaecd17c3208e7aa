"""What runs by itself."""

from celery import shared_task
from django.utils import timezone

from programme.importing import operations
from programme.releasing.operations import forget_settled
from programme.retention import running
from programme.subject_access import operations as subject_access


@shared_task
def forget_uploads() -> None:
    """Erase uploads that nobody brought in within a day."""
    operations.forget_uploads(now=timezone.now())


@shared_task
def carry_out_retention() -> None:
    """Let everything go whose time is over."""
    running.run(now=timezone.now())


@shared_task
def forget_copies() -> None:
    """Erase copies of people's data that were made more than a day ago."""
    subject_access.forget_copies(now=timezone.now())


@shared_task
def forget_settled_places() -> None:
    """Forget decisions about visits where nothing is in doubt any more."""
    forget_settled(now=timezone.now())
