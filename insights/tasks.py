"""What beat does for the figures."""

import logging

from celery import shared_task
from django.utils import timezone

from insights import operations
from insights.forecast.operations import make_forecast

logger = logging.getLogger(__name__)


@shared_task
def refresh() -> None:
    """Recompute changed months, and store what a month showed that has just ended."""
    operations.refresh_counts()
    operations.take_missing_snapshots(now=timezone.now(), today=timezone.localdate())


@shared_task
def nightly() -> None:
    """Hold the stored counts against the reviews themselves and mend them; keep what is revised.

    Then work out the forecast.
    """
    operations.refresh_counts()
    differing = operations.mark_differences()
    if differing:
        logger.warning("Stored figures differed from the reviews: %s cells, now mended.", differing)
    operations.refresh_counts()
    operations.take_snapshots(now=timezone.now(), today=timezone.localdate())
    make_forecast(now=timezone.now())
