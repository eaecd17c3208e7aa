"""Waking a worker. The broker carries wake-ups only, so one that is down loses nothing."""

import logging
from typing import Any

from celery import current_app
from kombu.exceptions import KombuError

logger = logging.getLogger(__name__)

BROKER_DOWN = (KombuError, OSError)
# A person is waiting for the page
IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 2, "socket_timeout": 2}


def wake(task: str, *arguments: Any) -> None:
    """Ask a worker to run ``task`` (its dotted name) now. Arguments are ids, never personal data.

    Call it from ``transaction.on_commit``. When the broker cannot be reached this says so in the
    log and nothing else: the next tick finds what is waiting.
    """
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT) as connection:
            current_app.send_task(task, args=arguments, connection=connection, retry=False)
    except BROKER_DOWN as error:
        logger.warning("No worker was woken for %s: %s", task, type(error).__name__)
