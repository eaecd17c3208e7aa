"""The import's long work: reading a file, and bringing it in."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.registry import Progress, register
from programme.importing import operations
from programme.models import Upload
from programme.subject_access import work as subject_access


def _read(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    upload = Upload.objects.filter(pk=job.arguments["upload"]).first()
    if upload is not None:  # erased meanwhile
        operations.read(upload=upload, now=timezone.now(), progress=progress)
    return {}


def _apply(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    upload = Upload.objects.filter(pk=job.arguments["upload"]).first()
    if upload is not None:  # erased meanwhile
        operations.apply(upload=upload, now=timezone.now(), progress=progress)
    return {}


def _preview(job: Job) -> str:
    return reverse("programme:import_preview", args=[job.arguments["upload"]])


register(operations.READ, _read, _preview, title="Reading your file")
register(operations.APPLY, _apply, _preview, title="Bringing the programme in")

__all__ = ["subject_access"]  # registers its own
