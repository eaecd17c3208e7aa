"""Long work: one worker does it, once; whoever asked learns how it ended."""

import logging
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import TestCase

from audit.models import Event
from jobs import operations, registry, tasks
from jobs.models import Job, JobFile
from jobs.operations import ATTEMPTS, LEASE, LeaseLost, ask, catch_up, claim, fail, finish, run
from rules import RuleBroken
from tests.factories import NOW, UserFactory
from tests.races import meeting_after, race, winners

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def woken(monkeypatch):
    """The wake-ups that would go to the broker."""
    sent = []
    monkeypatch.setattr(operations, "wake", lambda task, *args: sent.append((task, *args)))
    return sent


@pytest.fixture
def works(monkeypatch):
    """``works(work)``: register a kind of work called "test" for this test."""
    monkeypatch.setattr(registry, "_kinds", {})
    return lambda work: registry.register("test", work, lambda job: "/done/")


def job_of(user=None, **extra) -> Job:
    return ask(kind="test", by=user or UserFactory(), now=NOW, **extra)


def clock_of(step=SECOND):
    """A clock that goes on by ``step`` each time it is read."""
    moment = [NOW]

    def clock():
        moment[0] += step
        return moment[0]

    return clock


@pytest.mark.django_db
class TestAsking:
    def test_a_job_waits_and_wakes_a_worker_on_commit(self, woken):
        user = UserFactory()

        with TestCase.captureOnCommitCallbacks(execute=True):
            job = ask(kind="test", by=user, now=NOW, arguments={"id": 3}, file=("a.xlsx", b"rows"))
            assert woken == []

        assert woken == [("jobs.tasks.run", job.pk)]
        assert (job.state, job.arguments, job.asked_by) == ("waiting", {"id": 3}, user)
        assert job.file.content == b"rows"
        event = Event.objects.get()
        assert (event.action, event.actor_id, event.object_id) == (
            "asked for test",
            user.pk,
            str(job.pk),
        )

    def test_nothing_is_stored_or_woken_when_the_audit_fails(self, woken, monkeypatch):
        user = UserFactory()
        monkeypatch.setattr(operations.audit, "record", lambda *_, **__: 1 / 0)

        with TestCase.captureOnCommitCallbacks(execute=True), pytest.raises(ZeroDivisionError):
            ask(kind="test", by=user, now=NOW, file=("a", b"a"))

        assert not Job.objects.exists()
        assert woken == []

    def test_the_file_stands_encrypted(self):
        job_of(file=("a", b"plain words"))

        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM jobs_jobfile")
            stored = bytes(cursor.fetchone()[0])
        assert b"plain" not in stored
        assert stored.startswith(b"enc:t1:")


@pytest.mark.django_db
class TestWorking:
    def test_work_gets_the_file_and_its_result_is_kept(self, works):
        seen = []

        def work(job, file, progress):
            progress(40, "Reading")
            seen.append((file, Job.objects.get(pk=job.pk).progress))
            return {"rows": 3}

        works(work)
        job = job_of(file=("a", b"rows"))
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert seen == [(b"rows", 40)]
        assert (job.state, job.progress, job.result) == ("done", 100, {"rows": 3})
        assert job.finished_at is not None
        assert job.lease_until is None
        assert not JobFile.objects.exists()
        assert list(Event.objects.values_list("action", flat=True)) == [
            "test done",
            "asked for test",
        ]

    def test_running_it_again_changes_nothing(self, works):
        ran = []
        works(lambda job, file, progress: {"times": ran.append(1) or len(ran)})
        job = job_of()
        run(job_id=job.pk, clock=clock_of())
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert job.result == {"times": 1}
        assert job.attempts == 1

    def test_a_broken_rule_is_told_in_its_own_words(self, works):
        def work(job, file, progress):
            raise RuleBroken("Somebody changed it meanwhile. Upload the file again.")

        works(work)
        job = job_of(file=("a", b"a"))
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert job.state == "failed"
        assert job.result == {"sentence": "Somebody changed it meanwhile. Upload the file again."}
        assert not JobFile.objects.exists()

    def test_an_error_is_logged_without_what_it_says(self, works, caplog):
        def work(job, file, progress):
            raise ValueError("Dorothy Canary has a disclosure")

        works(work)
        job = job_of()
        with caplog.at_level(logging.INFO):
            run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert job.state == "failed"
        assert job.result == {"sentence": operations.WENT_WRONG}
        assert "Canary" not in caplog.text
        assert f"Job {job.pk} (test) failed: ValueError at operations.py:" in caplog.text

    def test_a_kind_that_nobody_registered_fails(self, works):
        job = job_of()
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert job.state == "failed"

    def test_a_busy_database_leaves_it_for_the_next_tick(self, works, woken):
        def work(job, file, progress):
            raise OperationalError("database is locked")

        works(work)
        job = job_of(file=("a", b"a"))
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert (job.state, job.lease_until) == ("waiting", None)
        assert job.file.content == b"a"
        assert catch_up(now=NOW + timedelta(minutes=1)) == [job.pk]
        assert woken == [("jobs.tasks.run", job.pk)]

    def test_reports_are_written_at_most_once_a_second(self, works):
        steps = []

        def work(job, file, progress):
            for done in range(10):
                progress(done, "Reading")
                steps.append(Job.objects.get(pk=job.pk).progress)
            return {}

        works(work)
        run(job_id=job_of().pk, clock=clock_of(timedelta(milliseconds=400)))

        assert steps == [0, 0, 0, 3, 3, 3, 6, 6, 6, 9]

    def test_a_report_renews_the_lease(self, works):
        def work(job, file, progress):
            before = Job.objects.get(pk=job.pk).lease_until
            progress(10, "x" * 300)
            after = Job.objects.get(pk=job.pk)
            return {"longer": after.lease_until > before, "step": len(after.step)}

        works(work)
        job = job_of()
        run(job_id=job.pk, clock=clock_of())

        job.refresh_from_db()
        assert job.result == {"longer": True, "step": 120}


@pytest.mark.django_db
class TestLeases:
    def test_a_held_job_is_not_taken(self):
        job = job_of()
        assert claim(job_id=job.pk, now=NOW).attempts == 1
        assert claim(job_id=job.pk, now=NOW + LEASE) is None

    def test_a_lease_that_ran_out_is_taken_again(self):
        job = job_of()
        claim(job_id=job.pk, now=NOW)
        assert claim(job_id=job.pk, now=NOW + LEASE + SECOND).attempts == 2

    def test_who_lost_the_lease_changes_nothing(self):
        job = job_of()
        first = claim(job_id=job.pk, now=NOW)
        second = claim(job_id=job.pk, now=NOW + LEASE + SECOND)

        for write in (
            lambda: operations.report(job=first, progress=9, step="late", now=NOW),
            lambda: finish(job=first, result={}, now=NOW),
            lambda: fail(job=first, sentence="late", now=NOW),
        ):
            with pytest.raises(LeaseLost):
                write()
        finish(job=second, result={"by": 2}, now=NOW)

        job.refresh_from_db()
        assert job.result == {"by": 2}

    def test_the_tick_finds_what_was_lost_and_nothing_else(self, woken):
        lost, held, just_asked, done = job_of(), job_of(), job_of(), job_of()
        for each in (held, done):
            claim(job_id=each.pk, now=NOW)
        finish(job=claim(job_id=job_of().pk, now=NOW), result={}, now=NOW)
        Job.objects.filter(pk=just_asked.pk).update(asked_at=NOW + timedelta(seconds=40))
        Job.objects.filter(pk=done.pk).update(
            state="done", finished_at=NOW, lease_until=NOW - timedelta(hours=1)
        )

        assert catch_up(now=NOW + timedelta(minutes=1)) == [lost.pk]
        assert catch_up(now=NOW + LEASE + SECOND) == [lost.pk, held.pk, just_asked.pk]

    def test_a_job_is_tried_three_times_and_then_ended(self, woken):
        job = job_of(file=("a", b"a"))
        now = NOW
        for _ in range(ATTEMPTS):
            assert claim(job_id=job.pk, now=now)
            now += LEASE + SECOND

        assert claim(job_id=job.pk, now=now) is None
        assert catch_up(now=now) == []
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("failed", ATTEMPTS)
        assert job.result == {"sentence": operations.WENT_WRONG}
        assert not JobFile.objects.exists()


def take_by_reading_first(job_id: int) -> bool:
    """What claim would be without its conditional update."""
    if is_waiting(job_id):
        return bool(Job.objects.filter(pk=job_id).update(state="running", lease_until=NOW + LEASE))
    return False


def is_waiting(job_id: int) -> bool:
    return Job.objects.get(pk=job_id).state == "waiting"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_one_of_many_workers_gets_the_job(self):
        job = job_of()
        outcomes = race(*[lambda: claim(job_id=job.pk, now=NOW)] * 6)

        assert winners(outcomes) == 1
        assert outcomes.count(None) == 5

    def test_two_get_it_when_they_read_first(self):
        job = job_of()
        with meeting_after("tests.jobs.test_operations.is_waiting"):
            assert race(*[lambda: take_by_reading_first(job.pk)] * 2) == [True, True]

    def test_one_of_two_ends_it(self):
        job = claim(job_id=job_of().pk, now=NOW)
        outcomes = race(
            lambda: finish(job=job, result={"n": 1}, now=NOW) or "done",
            lambda: fail(job=job, sentence="no", now=NOW) or "failed",
        )

        assert winners(outcomes) == 1
        assert [type(each) for each in outcomes if not isinstance(each, str)] == [LeaseLost]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"progress": 101},
        {"state": "paused"},
        {"state": "done"},
        {"state": "waiting", "finished_at": NOW},
    ],
)
def test_the_database_refuses_what_a_job_cannot_be(broken):
    job = job_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**broken)


def test_two_kinds_of_one_name_are_refused(works):
    works(lambda *_: {})
    with pytest.raises(ValueError, match="two kinds of work called test"):
        works(lambda *_: {})


@pytest.mark.django_db
def test_the_tasks_call_the_operations():
    with patch.object(operations, "run") as ran, patch.object(operations, "catch_up") as caught:
        tasks.run(7)
        tasks.tick()
    assert ran.call_args.kwargs["job_id"] == 7
    assert caught.call_args.kwargs["now"].tzinfo is not None
