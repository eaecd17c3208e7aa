"""People, for staff: the list, one person, and what is recorded for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from reviewers import operations, queries
from reviewers.filters import PeopleFilter
from reviewers.forms import WEEKDAYS, AddForm, StageForm
from reviewers.models import Reviewer, Stage
from reviewers.parts import PARTS
from reviewers.person_page import sections_for
from reviewers.policies import check_can_have_account
from reviewers.views.editing import edit_part
from rules import RuleBroken, allows

SORTS = (Sort("name", "By last name", "last_name"),)


@require_safe
@requires(Permission.SEE_PEOPLE)
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody, by name."""
    found = PeopleFilter(request.GET, queryset=queries.listed(request.user))
    page = paginate(found.qs, params=request.GET, sorts=SORTS)
    context = {
        "filterset": found,
        "page": page,
        "may_edit": request.user.may(Permission.EDIT_PEOPLE),
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
        "history": list(person.stage_changes.select_related("by")),
        "may_edit": request.user.may(Permission.EDIT_PEOPLE),
        "may_see_wishes": may_see_wishes,
        "may_have_account": allows(check_can_have_account, person, is_shared=False),
        "sections": sections_for(person, user=request.user, now=timezone.now()),
        "today": timezone.localdate(),
    }
    if may_see_wishes:
        context |= {
            "exclusions": queries.exclusions_of(person),
            "experience_of": list(person.experience_of.all()),
            "days": [WEEKDAYS[day] for day in range(7) if person.available_weekdays >> day & 1],
            "times_away": list(person.times_away.filter(ends_on__gte=timezone.localdate())),
        }
    return render(request, "reviewers/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def add(request: SignedInRequest) -> HttpResponse:
    """Add a person at the stage enquiry."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.add_reviewer(
                details=form.details,
                reference=form.cleaned_data["reference"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{person} is added, with the reference {person.reference}.")
            return redirect("reviewers:detail", person.pk)
    return render(request, "reviewers/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def edit(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Record one part for a person, by phone or on paper."""
    back = reverse("reviewers:detail", args=[pk])
    return edit_part(request, _person(request, pk), PARTS[part], for_them=True, back=back)


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
