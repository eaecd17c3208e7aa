"""People, for staff: the list, one person, and what is recorded for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from reviewers import operations, queries
from reviewers.at_contact import needs_of_one
from reviewers.filters import PeopleFilter
from reviewers.forms import WEEKDAYS, LeaveForm, StageForm
from reviewers.models import Reviewer, Stage
from reviewers.parts import PARTS
from reviewers.person_page import sections_for
from reviewers.policies import check_can_have_account
from reviewers.stages import next_stages
from reviewers.views.editing import Door, edit_part
from reviewers.views.story import newest_part
from rules import RuleBroken, allows

SORTS = (
    Sort("name", "By last name", "last_name"),
    Sort("longest", "Longest at their stage first", "stage_since"),
)


@require_safe
@requires(Permission.SEE_PEOPLE)
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody, by name."""
    found = PeopleFilter(request.GET, queryset=queries.listed(request.user))
    page = paginate(found.qs, params=request.GET, sorts=SORTS)
    may_edit = request.user.may(Permission.EDIT_PEOPLE)
    stage = request.GET.get("stage", "") if found.form.is_valid() else ""
    context = {
        "filterset": found,
        "page": page,
        "may_edit": may_edit,
        "may_tick": may_edit and bool(stage),
        "start": stage,
        "ways": next_stages(stage) if may_edit else [],
        "today": timezone.localdate(),
    }
    return render(request, "reviewers/list.html", context)


@require_safe
@requires(Permission.SEE_PEOPLE)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person, as far as this user may see."""
    person = _person(request, pk)
    may_see_wishes = request.user.may(Permission.SEE_LIVED_EXPERIENCE)
    context = {
        "person": person,
        "may_edit": request.user.may(Permission.EDIT_PEOPLE),
        "may_see_wishes": may_see_wishes,
        "may_have_account": allows(check_can_have_account, person, is_shared=False),
        "sections": sections_for(person, user=request.user, now=timezone.now()),
        **newest_part(person, user=request.user, now=timezone.now()),
        "today": timezone.localdate(),
    }
    if may_see_wishes:
        context |= {
            "exclusions": queries.exclusions_of(person),
            "experiences": queries.experiences_of(person),
            "needs": needs_of_one(person.pk, request.user),
            "days": [WEEKDAYS[day] for day in range(7) if person.available_weekdays >> day & 1],
            "times_away": list(person.times_away.filter(ends_on__gte=timezone.localdate())),
        }
    return render(request, "reviewers/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def edit(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Record one part for a person, by phone or on paper."""
    return edit_part(request, Door(_person(request, pk), for_them=True), PARTS[part])


@require_POST
@requires(Permission.EDIT_PEOPLE)
def remove_away(request: SignedInRequest, pk: int, away: int) -> HttpResponse:
    """They can come on those days after all."""
    person = _person(request, pk)
    if not person.times_away.filter(pk=away).exists():
        raise Http404
    operations.remove_time_away(reviewer=person, away_id=away, by=request.user, now=timezone.now())
    messages.success(request, "Those days are removed.")
    return redirect("reviewers:detail", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move the person to another stage."""
    person = _person(request, pk)
    form = StageForm(request.POST if request.method == "POST" else None, stage=person.stage)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_stage(
                reviewer=person,
                to=form.stage,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{person} is now at the stage “{form.stage.label}”.")
            return redirect("reviewers:detail", person.pk)
    context = {"form": form, "person": person, "is_paused": person.stage == Stage.PAUSED}
    return render(request, "reviewers/stage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the person leaves, and why, as far as they say."""
    person = _person(request, pk)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_stage(
                reviewer=person,
                to=Stage.LEFT,
                leaving_reason=form.cleaned_data["why"],
                reason=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"It is recorded that {person} leaves.")
            return redirect("reviewers:detail", person.pk)
    return render(request, "reviewers/leave.html", {"form": form, "person": person})


@require_POST
@requires(Permission.EDIT_PEOPLE)
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the person sign in."""
    person = _person(request, pk)
    try:
        operations.give_account(reviewer=person, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, f"{person} can now sign in with {person.email}.")
    return redirect("reviewers:detail", person.pk)


def _person(request: SignedInRequest, pk: int) -> Reviewer:
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    return person
