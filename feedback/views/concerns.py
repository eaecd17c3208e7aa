"""People to get in touch with after their feedback."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import concern_queries, operations
from feedback.models import Concern
from nhsuk.paging import Sort, paginate
from reviewers.at_contact import needs_of, needs_of_one

LONGEST = (Sort("longest", "Longest waiting first", "raised_at"),)
CLOSED_SHOWN = 20


@require_safe
@requires(Permission.SEE_FEEDBACK)
def concerns(request: SignedInRequest) -> HttpResponse:
    """Everybody with whom somebody has to get in touch, and those with whom they lately have."""
    page = paginate(concern_queries.open_concerns(), params=request.GET, sorts=LONGEST)
    context = {
        "page": page,
        "closed": list(concern_queries.lately_closed()[:CLOSED_SHOWN]),
        "needs": needs_of({each.answer.author_id or 0 for each in page.rows}, request.user),
    }
    return render(request, "feedback/concerns.html", context)


@require_safe
@requires(Permission.SEE_FEEDBACK)
def concern(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them: what they said, how to reach them, and who has been in touch."""
    found = _found(pk)
    needs = needs_of_one(found.answer.author_id, request.user)
    return render(request, "feedback/concern.html", {"concern": found, "needs": needs})


@require_POST
@requires(Permission.SEE_FEEDBACK)
def in_touch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has been in touch."""
    found = operations.say_in_touch(concern=_found(pk), by=request.user, now=timezone.now())
    messages.success(request, "Thank you. It is written down that you have been in touch.")
    return redirect("feedback:concern", found.pk)


def _found(pk: int) -> Concern:
    found = concern_queries.get_concern(pk)
    if found is None:
        raise Http404
    return found
