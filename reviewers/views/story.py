"""A person's story: its newest part on their page, and all of it, page by page."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.permissions import Permission
from reviewers import queries
from reviewers.models import Reviewer
from reviewers.story import Mark, coming_for, story_of

ON_A_PAGE = 50


def newest_part(person: Reviewer, *, user: User, now: datetime) -> dict[str, Any]:
    """What is next, and the newest of the story, for the person's own page."""
    return {
        "coming": coming_for(person, user=user, now=now),
        "story": story_of(person, user=user, mark=Mark.at(now)),
    }


@require_safe
@requires(Permission.SEE_PEOPLE)
def story(request: SignedInRequest, pk: int) -> HttpResponse:
    """The story from a mark on; anything that is no mark shows the newest."""
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    mark = Mark.read(request.GET.get("before", ""))
    context = {
        "person": person,
        "story": story_of(
            person, user=request.user, mark=mark or Mark.at(timezone.now()), shown=ON_A_PAGE
        ),
        "is_later_page": mark is not None,
    }
    return render(request, "reviewers/story.html", context)
