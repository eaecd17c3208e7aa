"""What beat and wake-ups start. Tasks read the clock and call; they hold no logic."""

from celery import shared_task
from django.utils import timezone

from notifications import delivery, falling_due


@shared_task
def tick() -> None:
    """Every minute: queue what fell due, tidy the call list, deliver."""
    falling_due.queue_due(now=timezone.now())
    falling_due.drop_stale_by_hand(now=timezone.now())
    delivery.deliver(clock=timezone.now)


@shared_task
def deliver() -> None:
    """Deliver what waits, now."""
    delivery.deliver(clock=timezone.now)
