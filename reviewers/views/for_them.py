"""What a coordinator records for a person, on the phone with them or from paper."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import queries
from reviewers.views import told
from reviewers.views.editing import Door


@require_safe
@requires(Permission.EDIT_PEOPLE)
def places(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where they would rather not go."""
    return told.places(request, _door(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def places_in(request: SignedInRequest, pk: int, directorate: int) -> HttpResponse:
    """The services of one directorate, to tick for them."""
    return told.places_in(request, _door(request, pk), directorate)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def sharing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who may know what they need."""
    return told.sharing(request, _door(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which services they know."""
    return told.experience(request, _door(request, pk))


@require_POST
@requires(Permission.EDIT_PEOPLE)
def keep_experience(request: SignedInRequest, pk: int, experience: int) -> HttpResponse:
    """They said that we may keep it."""
    return told.keep_experience(request, _door(request, pk), experience)


@require_POST
@requires(Permission.EDIT_PEOPLE)
def remove_experience(
    request: SignedInRequest, pk: int, experience: int | None = None
) -> HttpResponse:
    """They no longer want us to keep it, or any of it."""
    return told.remove_experience(request, _door(request, pk), experience)


@require_safe
@requires(Permission.SEE_LIVED_EXPERIENCE)
def changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed about them, and when."""
    return told.what_changed(request, _door(request, pk))


def _door(request: SignedInRequest, pk: int) -> Door:
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    return Door(person, for_them=True)
