"""What workers run."""

from celery import shared_task
from django.utils import timezone

from jobs import operations


@shared_task
def run(job_id: int) -> None:
    """Do the work of one job."""
    operations.run(job_id=job_id, clock=timezone.now)


@shared_task
def tick() -> None:
    """Find the jobs that the broker or a worker lost."""
    operations.catch_up(now=timezone.now())
