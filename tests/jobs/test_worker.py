"""A real worker at a real broker does what was asked, and finds what the broker lost."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery.beat import Scheduler
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from redis import Redis

from jobs.models import Job
from jobs.operations import WENT_WRONG, ask
from jobs.wake import wake
from lxr_portal.celery import BEAT_SCHEDULE, app
from notifications.addressees import Addressee
from notifications.models import Channel, Message
from notifications.operations import queue

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.servers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.CELERY_BROKER_URL.startswith("redis") or connection.vendor != "postgresql",
        reason="needs PostgreSQL and Redis: DATABASE_URL, CELERY_BROKER_URL",
    ),
]


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on the tests' database."""
    database = connection.settings_dict
    address = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    command = ["-m", "celery", "-q", "-A", "lxr_portal", "worker", "--pool", "threads"]
    running = subprocess.Popen(
        [sys.executable, *command, "--concurrency", "2", "--without-mingle", "--loglevel", "ERROR"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.test",
            "DATABASE_URL": f"postgres://{address}",
        },
    )
    yield running
    running.terminate()
    try:
        running.wait(10)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "The worker did not do it."
        time.sleep(0.1)


def ended(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == Job.State.FAILED


def put_in_outbox(key: str, *, is_urgent: bool) -> None:
    """Only an urgent message wakes the worker; others wait for the tick."""
    to = Addressee(Message.Recipient.USER, 1, "Sam Hill", Channel.EMAIL, "sam@trust.example.org")
    with transaction.atomic():
        queue(
            key=key, kind="a test", to=to, subject="Hello", body="Hello", now=timezone.now(),
            is_urgent=is_urgent,
        )  # fmt: skip


def sent(key: str) -> bool:
    return Message.objects.get(key=key).state == Message.State.SENT


def test_it_does_what_was_asked_and_what_the_broker_lost(worker, trust):
    """One test, for a second worker beside this one would take its wake-ups.

    A kind that no app registered ends as failed, which only the worker can have done.
    """
    job = ask(kind="no such kind", by=None, now=timezone.now())
    wait_for(lambda: ended(job))
    assert (job.result, job.attempts) == ({"sentence": WENT_WRONG}, 1)

    lost = Job.objects.create(kind="no such kind", asked_at=timezone.now() - timedelta(minutes=2))
    wake("jobs.tasks.tick")
    wait_for(lambda: ended(lost))
    assert lost.attempts == 1

    put_in_outbox("urgent", is_urgent=True)
    wait_for(lambda: sent("urgent"))

    # Beat, in one process and on one connection, before and after the broker lost everything
    beat = Scheduler(app, lazy=True)
    tick = beat.Entry(name="messages", app=app, **BEAT_SCHEDULE["messages"])
    put_in_outbox("by the tick", is_urgent=False)
    beat.apply_async(tick, producer=beat.producer, advance=False)
    wait_for(lambda: sent("by the tick"))

    with Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushdb()
    put_in_outbox("after the loss", is_urgent=False)
    beat.apply_async(tick, producer=beat.producer, advance=False)
    wait_for(lambda: sent("after the loss"))
