"""Who needs a refresher, for those who run training."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from reviewers.at_contact import needs_of
from training.queries import refreshers as queries

SORTS = (Sort("soonest", "Soonest first", "in_date_until"),)


@require_safe
@requires(Permission.RUN_TRAINING)
def due(request: SignedInRequest) -> HttpResponse:
    """Whose training ran out or soon will, what they are booked on, and where to invite them."""
    today = timezone.localdate()
    page = paginate(queries.refreshers_due(today), params=request.GET, sorts=SORTS)
    context = {
        "page": page,
        "needs": needs_of({person.pk for person in page}, request.user),
        "coming": list(queries.coming_refreshers(today)),
        "today": today,
    }
    return render(request, "training/refreshers.html", context)
