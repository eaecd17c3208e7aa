"""Waking delivery. The broker carries wake-ups only, so losing one loses no message."""

import logging

from celery import current_app
from kombu.exceptions import KombuError, OperationalError

logger = logging.getLogger(__name__)


def wake_delivery() -> None:
    """Ask a worker to deliver now. With the broker down, the tick does it within a minute."""
    try:
        current_app.send_task("notifications.tasks.deliver")
    except (OperationalError, KombuError, OSError):
        logger.warning("The broker could not be reached; the message waits for the tick.")
