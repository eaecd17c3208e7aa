"""The long work of this app: the forecast, counting a board report, freezing one."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from insights.forecast import operations
from insights.reports import operations as reports
from insights.reports.models import BoardReport
from jobs.models import Job
from jobs.registry import Progress, register
from rules import RuleBroken


def _forecast(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    operations.make_forecast(now=timezone.now(), progress=progress)
    return {}


def _page(job: Job) -> str:
    return reverse("insights:forecast")


def _count(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    reports.fill(report=_report(job), now=timezone.now(), progress=progress)
    return {}


def _approve(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    assert job.asked_by is not None  # noqa: S101 - a person approves
    reports.approve(
        report=_report(job),
        read=job.arguments["read"],
        by=job.asked_by,
        now=timezone.now(),
        progress=progress,
    )
    return {}


def _report(job: Job) -> BoardReport:
    report = BoardReport.objects.filter(pk=job.arguments["report"]).first()
    if report is None:
        message = "This report was discarded."
        raise RuleBroken(message)
    return report


def _report_page(job: Job) -> str:
    return reverse("insights:report", args=[job.arguments["report"]])


register(operations.KIND, _forecast, _page, title="Working out what it would take")
register(reports.COUNT, _count, _report_page, title="Counting for the board report")
register(
    reports.APPROVE,
    _approve,
    _report_page,
    title="Approving the board report",
    back_url=_report_page,
)
