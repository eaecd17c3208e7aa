"""What a person told us, page by page, for both doors: places, needs, experience, what changed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import SignedInRequest
from nhsuk.paging import Sort, paginate
from reviewers import changes, operations, queries
from reviewers.how import FOR_THEM, How
from reviewers.parts import PARTS
from reviewers.views.editing import Door, edit_part
from rules import RuleBroken

LATEST = (Sort("latest", "Latest first", "at", descending=True),)


def places(request: SignedInRequest, door: Door) -> HttpResponse:
    """Where they would rather not go, directorate by directorate: each has a page to tick."""
    part = PARTS["exclusions"]
    context = {
        "person": door.reviewer,
        "for_them": door.for_them,
        "title": part.title_for_them if door.for_them else part.title,
        "back": door.home,
        "needs": door.needs(request.user),
        "groups": [
            (directorate, services, door.url("exclusions", directorate.pk))
            for directorate, services in queries.excluded_by_directorate(door.reviewer)
        ],
    }
    return render(request, "reviewers/places.html", context)


def places_in(request: SignedInRequest, door: Door, directorate_pk: int) -> HttpResponse:
    """The services of one directorate, to tick."""
    directorate = queries.get_directorate(directorate_pk)
    if directorate is None:
        raise Http404
    return edit_part(
        request,
        door,
        PARTS["exclusions"],
        directorate=directorate,
        services=queries.services_of(directorate),
    )


def sharing(request: SignedInRequest, door: Door) -> HttpResponse:
    """Who may know what they need; without a need there is nothing to ask."""
    if not queries.has_needs(door.reviewer):
        return redirect(door.home)
    return edit_part(request, door, PARTS["sharing"])


def experience(request: SignedInRequest, door: Door) -> HttpResponse:
    """What we keep, each with a way to take it back; and a form to add to it."""
    rows = [
        (each, door.url("keep-experience", each.pk), door.url("remove-experience", each.pk))
        for each in queries.experiences_of(door.reviewer)
    ]
    context = {"rows": rows, "remove_all_url": door.url("remove-all-experience")}
    return edit_part(request, door, PARTS["experience"], context=context)


def keep_experience(request: SignedInRequest, door: Door, pk: int) -> HttpResponse:
    """They agree that we keep it."""
    _own_experience(door, pk)
    try:
        operations.keep_experience(
            reviewer=door.reviewer,
            experience_id=pk,
            by=request.user,
            now=timezone.now(),
            how=_how(request, door),
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, "The answer is saved. We keep it.")
    return redirect(door.url("experience"))


def remove_experience(request: SignedInRequest, door: Door, pk: int | None = None) -> HttpResponse:
    """They no longer want us to keep it, or any of it."""
    if pk is not None:
        _own_experience(door, pk)
    operations.withdraw_experience(
        reviewer=door.reviewer,
        experience_id=pk,
        by=request.user,
        now=timezone.now(),
        how=_how(request, door),
    )
    messages.success(request, "It is removed. We no longer keep it.")
    return redirect(door.url("experience"))


def what_changed(request: SignedInRequest, door: Door) -> HttpResponse:
    """What was changed about the person, when and by whom; latest first."""
    page = paginate(changes.events_of(door.reviewer), params=request.GET, sorts=LATEST)
    context = {
        "person": door.reviewer,
        "for_them": door.for_them,
        "back": door.home,
        "page": page,
        "changes": changes.in_words(page.rows, door.reviewer, names_staff=door.for_them),
    }
    return render(request, "reviewers/changes.html", context)


def _own_experience(door: Door, pk: int) -> None:
    if not queries.has_experience(door.reviewer, pk):
        raise Http404


def _how(request: SignedInRequest, door: Door) -> How | None:
    told = request.POST.get("how", "")
    return How(told) if door.for_them and told in dict(FOR_THEM) else None
