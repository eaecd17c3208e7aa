"""A report is approved while somebody takes back their words; with a control without the lock."""

from datetime import date
from threading import Event as Signal
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from audit.models import Event
from feedback.models import Answer
from feedback.operations import change_permission
from feedback.queries import quotes
from insights.operations import mark_differences
from insights.reports import operations, policies
from insights.reports.models import BoardReport
from jobs import operations as jobs
from jobs.models import Job
from tests import factories as make
from tests.factories import NOW
from tests.insights.programmes import completed
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
MAY = date(2026, 5, 1)
APPROVED, TAKEN_BACK = "approved a board report", "changed the permission to quote"


@pytest.fixture
def lead(trust: Any) -> Any:
    return make.UserFactory(roles=["quality_lead"])


@pytest.fixture
def draft(lead: Any) -> BoardReport:
    completed(MAY, lxr={})
    mark_differences()
    report, _ = operations.start_report(since=MAY, until=MAY, by=lead, now=NOW)
    jobs.run(job_id=Job.objects.get().pk, clock=lambda: NOW)
    words = {"headline": "All of them.", "actions": "Train two"}
    operations.write_report(report=report, words=words, by=lead, now=NOW)
    make.AnswerFactory(comment="They listened.", quote_as="role", comment__approved_at=NOW)
    operations.use_quote(report=report, quote=quotes().get(), by=lead, now=NOW)
    return BoardReport.objects.get()


def approve_while_words_are_taken_back(draft: BoardReport, lead: Any, *, patience: float) -> None:
    """The words are taken back after approving has looked at them, and before it freezes."""
    looked, taken_back = Signal(), Signal()
    read, check = operations.page_digest(draft), policies.check_is_as_read
    calls: list[str] = []

    def check_then_wait(*given: str) -> None:
        check(*given)
        calls.append("looked")
        if len(calls) == 2:  # the second look is in the transaction that freezes
            looked.set()
            taken_back.wait(patience)

    def approve() -> BoardReport:
        return operations.approve(
            report=draft, read=read, by=lead, now=NOW, progress=lambda part, words: None
        )

    def take_back() -> Answer:
        looked.wait(10)
        answer = quotes().get().answer
        done = change_permission(answer=answer, quote_as="no", by=lead, now=NOW)
        taken_back.set()
        return done

    with patch.object(policies, "check_is_as_read", check_then_wait):
        outcomes = race(approve, take_back)
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes


def order() -> list[str]:
    both = Event.objects.filter(action__in=[APPROVED, TAKEN_BACK])
    return list(both.order_by("pk").values_list("action", flat=True))


def test_words_are_taken_back_after_the_report_and_not_within_it(
    draft: BoardReport, lead: Any
) -> None:
    approve_while_words_are_taken_back(draft, lead, patience=1)

    assert order() == [APPROVED, TAKEN_BACK]
    assert b"They listened." in bytes(BoardReport.objects.get().page or b"")
    assert not quotes().exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one transaction writes at a time")
def test_without_the_lock_words_that_were_taken_back_would_be_frozen(
    draft: BoardReport, lead: Any
) -> None:
    with patch.object(operations, "_hold_permissions", lambda report: None):
        approve_while_words_are_taken_back(draft, lead, patience=10)

    assert order() == [TAKEN_BACK, APPROVED]
    assert b"They listened." in bytes(BoardReport.objects.get().page or b"")
