"""A board report from its start to the frozen PDF, as its two jobs make it."""

import time
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from bench.load import NOW
from feedback.models import Answer, Remark
from feedback.queries import quotes
from insights.periods import last_months, month_of
from insights.reports import operations
from insights.reports.models import BoardReport

QUOTES = 12
MONTHS = 36
WORDS = {"headline": "Where we are.", "done": "What we did.", "actions": "One\nTwo\nThree"}


def seconds_and_bytes() -> tuple[float, int]:
    """How long counting, setting and freezing take together, and how large the PDF is.

    Everything is taken back.
    """
    by = User.objects.get(email="bench@trust.example.org")
    by.roles = ["quality_lead"]
    with transaction.atomic():
        _allow_quotes()
        months = last_months(MONTHS, localdate(NOW))
        start = time.perf_counter()
        report = BoardReport.objects.create(
            title=f"Bench {uuid4()}",
            since=months.since,
            until=month_of(months.until),
            made_by=by,
            made_at=NOW,
        )
        operations.fill(report=report, now=NOW, progress=_silent)
        operations.write_report(report=report, words=WORDS, by=by, now=NOW)
        for quote in quotes()[:QUOTES]:
            operations.use_quote(report=report, quote=quote, by=by, now=NOW)
        report.refresh_from_db()
        read = operations.page_digest(report)
        frozen = operations.approve(report=report, read=read, by=by, now=NOW, progress=_silent)
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return taken, len(frozen.document or b"")


def _allow_quotes() -> None:
    remarks = list(Remark.objects.values_list("pk", "answer_id")[:QUOTES])
    Answer.objects.filter(pk__in=[answer for _, answer in remarks]).update(quote_as="role")
    Remark.objects.filter(pk__in=[pk for pk, _ in remarks]).update(approved_at=NOW)


def _silent(per_cent: int, step: str) -> None:
    """Nobody watches."""
