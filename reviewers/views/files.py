"""How a file goes out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from reviewers.models import KeptFile
from reviewers.uploads import MEDIA_TYPES


def as_attachment(kept: KeptFile) -> HttpResponse:
    """The file to keep, never to be opened as a page of ours; its kind as its content says."""
    response = HttpResponse(bytes(kept.content), content_type=MEDIA_TYPES[kept.kind])
    attached = content_disposition_header(as_attachment=True, filename=kept.name)
    response.headers["Content-Disposition"] = attached or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
