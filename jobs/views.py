"""The page on which somebody watches their own long work."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, signed_in
from jobs.models import Job
from jobs.queries import jobs_of
from jobs.registry import kind_of


@signed_in
@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a job is. While it goes on, the page asks again by itself every few seconds."""
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    try:
        kind = kind_of(job)
    except LookupError as unknown:  # its app was taken out, or renamed it
        raise Http404 from unknown
    is_done = job.state == Job.State.DONE
    return render(
        request,
        "jobs/detail.html",
        {
            "job": job,
            "title": kind.title,
            "is_done": is_done,
            "is_finished": job.finished_at is not None,
            "back_url": kind.back_url(job) if kind.back_url else "",
            "done_url": kind.done_url(job) if is_done else "",
        },
    )
