"""The gate list of a visit, to print or read out to the site."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviews.gate_list.policies import late_words, names_in_by
from reviews.models import TeamMember
from reviews.queries import get_review
from reviews.requests.queries import companions_of

Role, Response = TeamMember.Role, TeamMember.Response


@require_safe
@requires(Permission.PLAN_REVIEWS, Permission.RECORD_OWN_VISITS)
def gate_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who comes and whom they bring, who stands by, and who has not answered yet.

    Nobody's lived experience shows.
    """
    review = get_review(user=request.user, pk=pk)
    last = names_in_by(review)
    if last is None or not review.is_coming:
        raise Http404
    team = list(review.team.all())
    yes = [each for each in team if each.response == Response.ACCEPTED]
    context = {
        "review": review,
        "last": last,
        "late": late_words(review, timezone.localdate()),
        "coming": sorted(
            (each for each in yes if each.role != Role.RESERVE),
            key=lambda each: each.role != Role.LEAD,
        ),
        "standing_by": [each for each in yes if each.role == Role.RESERVE],
        "companions": companions_of([each.pk for each in yes]),
        "unanswered": [each for each in team if each.response == Response.INVITED],
    }
    return render(request, "reviews/gate_list/list.html", context)
