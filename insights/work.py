"""The long work of this app: the forecast."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from insights.forecast import operations
from jobs.models import Job
from jobs.registry import Progress, register


def _forecast(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    operations.make_forecast(now=timezone.now(), progress=progress)
    return {}


def _page(job: Job) -> str:
    return reverse("insights:forecast")


register(operations.KIND, _forecast, _page, title="Working out what it would take")
