"""The long work behind a copy."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.registry import Progress, register
from programme.models import SubjectRequest
from programme.subject_access import operations


def _make(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    request = (
        SubjectRequest.objects.select_related("reviewer__user")
        .filter(pk=job.arguments["request"])
        .first()
    )
    if request is None:  # the person was erased meanwhile
        return {"way": SubjectRequest.Way.ONLINE.value}
    operations.fill(request=request, now=timezone.now(), progress=progress)
    return {"way": request.way}


def _made(job: Job) -> str:
    if job.result.get("way") == SubjectRequest.Way.POST:
        return reverse("programme:request", args=[job.arguments["request"]])
    return reverse("own-programme:everything")


register(operations.MAKE, _make, _made, title="Making the copy")
