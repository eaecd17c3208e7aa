"""Long work: asked for, claimed by one worker, reported, ended.

A worker holds a job by a lease that each report of progress renews. Every later write names the
attempt it belongs to, so a worker that lost its lease can change nothing any more.
"""

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import F, Q

from accounts.models import User
from audit import operations as audit
from jobs.models import Job, JobFile
from jobs.registry import kind_of
from jobs.wake import wake
from rules import RuleBroken

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 3
REPORTS_APART = timedelta(seconds=1)
WENT_WRONG = "Something went wrong, and nothing was changed. Try again, or ask your administrator."
RUN = "jobs.tasks.run"


class LeaseLost(Exception):  # noqa: N818 - says what happened
    """The lease ran out while the work went on, and the job was taken again or ended."""


def ask(
    *,
    kind: str,
    by: User | None,
    now: datetime,
    arguments: dict[str, Any] | None = None,
    file: tuple[str, bytes] | None = None,
) -> Job:
    """Ask for long work; a worker is woken when this transaction is committed.

    ``arguments`` holds ids and choices only; ``file`` is a name and content, kept encrypted until
    the job ends. A broker that is down delays the work until the next tick and nothing else.
    """
    with transaction.atomic():
        job = Job.objects.create(kind=kind, arguments=arguments or {}, asked_by=by, asked_at=now)
        if file:
            name, content = file
            JobFile.objects.create(job=job, name=name[:200], content=content)
        audit.record(f"asked for {kind}", on=job, by=by, now=now)
        transaction.on_commit(partial(wake, RUN, job.pk))
    return job


def claim(*, job_id: int, now: datetime) -> Job | None:
    """Take a job that waits, or whose lease ran out, for one attempt. None: there is no such."""
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(free, pk=job_id, attempts__lt=ATTEMPTS).update(
        state=Job.State.RUNNING,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        progress=0,
        step="",
    )
    return Job.objects.get(pk=job_id) if claimed else None


def run(*, job_id: int, clock: Callable[[], datetime]) -> None:
    """Claim the job and do its work; nothing when another worker has it.

    ``clock`` says what time it is, as work takes time. A broken rule ends the job with the rule's
    sentence, any other error with a friendly one. A database that was busy leaves the job for the
    next tick.
    """
    job = claim(job_id=job_id, now=clock())
    if job is None:
        return
    with suppress(LeaseLost):
        _work(job, clock)


def _work(job: Job, clock: Callable[[], datetime]) -> None:
    try:
        file = JobFile.objects.filter(job=job).first()
        result = kind_of(job).work(job, file.content if file else None, _reporter(job, clock))
        finish(job=job, result=result, now=clock())
    except RuleBroken as broken:
        fail(job=job, sentence=str(broken), now=clock())
    except LeaseLost:
        logger.warning("Job %s lost its lease.", job.pk)
    except OperationalError as error:
        logger.warning("Job %s waits for the next tick: %s", job.pk, type(error).__name__)
        release(job=job)
    except Exception as error:  # noqa: BLE001 - whatever it was, the person is told that it ended
        logger.error("Job %s (%s) failed: %s", job.pk, job.kind, without_values(error))
        fail(job=job, sentence=WENT_WRONG, now=clock())


def report(*, job: Job, progress: int, step: str, now: datetime) -> None:
    """Store how far the work is, and renew the lease. Raises LeaseLost."""
    _change(job, progress=max(0, min(progress, 100)), step=step[:120], lease_until=now + LEASE)


def finish(*, job: Job, result: dict[str, Any], now: datetime) -> None:
    """End the job with its result. Its file goes. Raises LeaseLost."""
    _end(job, Job.State.DONE, result, now, progress=100)


def fail(*, job: Job, sentence: str, now: datetime) -> None:
    """End the job with a sentence for the person who asked. Its file goes. Raises LeaseLost."""
    _end(job, Job.State.FAILED, {"sentence": sentence}, now)


def release(*, job: Job) -> None:
    """Let go of the job, so that the next tick takes it again. Raises LeaseLost."""
    _change(job, state=Job.State.WAITING, lease_until=None)


def catch_up(*, now: datetime) -> list[int]:
    """Wake workers for jobs that the broker or a worker lost; end those tried often enough.

    Returns the ids it woke a worker for. A job asked for in the last half minute is left to its
    own wake-up.
    """
    lost = Job.objects.filter(
        Q(state=Job.State.WAITING, asked_at__lt=now - timedelta(seconds=30))
        | Q(state=Job.State.RUNNING, lease_until__lt=now)
    ).order_by("asked_at", "id")
    for job in lost.filter(attempts__gte=ATTEMPTS):
        logger.error("Job %s (%s) was tried %s times.", job.pk, job.kind, job.attempts)
        with suppress(LeaseLost):
            fail(job=job, sentence=WENT_WRONG, now=now)
    again = list(lost.filter(attempts__lt=ATTEMPTS).values_list("pk", flat=True)[:100])
    for pk in again:
        wake(RUN, pk)
    return again


def without_values(error: BaseException) -> str:
    """The kind of an error and its lines, without its message, which may hold personal data."""
    lines = traceback.extract_tb(error.__traceback__)
    way = " > ".join(f"{line.filename.rpartition('/')[2]}:{line.lineno}" for line in lines[-8:])
    return f"{type(error).__name__} at {way}"


def _reporter(job: Job, clock: Callable[[], datetime]) -> Callable[[int, str], None]:
    """A ``progress(per_cent, step)`` that writes at most once a second, and each new step once."""
    last_at: datetime | None = None
    last_step = ""

    def progress(per_cent: int, step: str) -> None:
        nonlocal last_at, last_step
        now = clock()
        if step == last_step and last_at is not None and now - last_at < REPORTS_APART:
            return
        report(job=job, progress=per_cent, step=step, now=now)
        last_at, last_step = now, step

    return progress


def _change(job: Job, **fields: Any) -> None:
    held = Job.objects.unfinished().filter(pk=job.pk, attempts=job.attempts)
    if not held.update(**fields):
        raise LeaseLost
    for name, value in fields.items():
        setattr(job, name, value)


def _end(job: Job, state: Job.State, result: dict[str, Any], now: datetime, **fields: Any) -> None:
    with transaction.atomic():
        _change(job, state=state, result=result, finished_at=now, lease_until=None, **fields)
        JobFile.objects.filter(job=job).delete()
        audit.record(f"{job.kind} {state}", on=job, by=None, now=now)
