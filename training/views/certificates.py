"""Certificates as files: one person's, or everybody's of a session."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from training import queries
from training.certificates import certificates
from training.models import Place
from training.views.finding import found


@require_safe
@requires(Permission.RUN_TRAINING)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """The certificate for one place."""
    return as_file([found(queries.certified_places().filter(pk=pk).first())])


@require_safe
@requires(Permission.RUN_TRAINING)
def all_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those of everybody who attended the session, to print together."""
    places = list(queries.certified_places().filter(session=pk).order_by("booked_at", "pk"))
    if not places:
        raise Http404
    return as_file(places)


def as_file(places: Sequence[Place]) -> HttpResponse:
    """The PDF, to keep or to print; no name stands in the file's."""
    response = HttpResponse(
        certificates(places, trust=trust_settings()), content_type="application/pdf"
    )
    name = "certificate.pdf" if len(places) == 1 else "certificates.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
