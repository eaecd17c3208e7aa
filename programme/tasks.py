"""What runs by itself."""

from celery import shared_task
from django.utils import timezone

from programme.importing import operations


@shared_task
def forget_uploads() -> None:
    """Erase uploads that nobody brought in within a day."""
    operations.forget_uploads(now=timezone.now())
