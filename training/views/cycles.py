"""Changes that are tried: the board, and one cycle with its four parts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.forms import Form
from nhsuk.paging import Sort, paginate
from nhsuk.run_chart import Point, run_chart
from rules import RuleBroken
from training import cycle_policies as policies
from training.cycle_policies import Part
from training.forms.cycles import (
    QUESTIONS,
    ActForm,
    AddForm,
    DoForm,
    OwnersForm,
    PlanForm,
    StudyForm,
    VersionForm,
)
from training.models import Cycle
from training.operations import cycles as operations
from training.queries import cycles as queries

SORTS = (Sort("latest", "Latest first", "planned_on", descending=True),)
CHARTS = (
    ("support", "Support, of 10"),
    ("pace", "Pace: 5 is just right"),
    ("usefulness", "Usefulness, of 10"),
)


@require_safe
@requires(Permission.RUN_TRAINING)
def board(request: SignedInRequest) -> HttpResponse:
    """The changes by step."""
    return render(request, "training/cycles_board.html", {"columns": queries.board()})


@require_safe
@requires(Permission.RUN_TRAINING)
def everything(request: SignedInRequest) -> HttpResponse:
    """Every change, the newest first."""
    page = paginate(queries.cycles(), params=request.GET, sorts=SORTS)
    return render(request, "training/cycles_all.html", {"page": page})


@require_safe
@requires(Permission.RUN_TRAINING)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One change: plan, do, study, act, and the ratings before and after."""
    cycle = _cycle(pk)
    context = {
        "cycle": cycle,
        "may": {part.value: policies.can_write(cycle, part) for part in Part},
        "version": next(iter(cycle.versions.all()), None),
        "makes_version": policies.makes_version(cycle),
        "leads_to_questions": policies.leads_to_questions(cycle),
        **_said(cycle),
    }
    return render(request, "training/cycles_detail.html", context)


def _said(cycle: Cycle) -> dict[str, Any]:
    """What the ratings and words show that may be read."""
    rows = queries.versions_beside(cycle)
    return {
        "rows": rows,
        "groups": queries.all_groups(rows),
        "charts": _charts(rows),
        "words": queries.words_where_tried(cycle, rows),
    }


def _charts(rows: list[queries.VersionRow]) -> list[tuple[str, SafeString]]:
    """A run chart for each question that was rated at two sessions at least."""
    new = {row.version.pk for row in rows if row.when == "After"}
    groups = queries.all_groups(rows)
    charts = []
    for question, title in CHARTS:
        points: list[Point] = []
        is_after = False
        for group in groups:
            rated = group.ratings.get(question)
            if rated is None:
                continue
            begins = group.version in new and not is_after
            is_after = is_after or begins
            more = f" +{len(group.codes) - 1}" if len(group.codes) > 1 else ""
            points.append(Point(f"{group.codes[0]}{more}", rated.mean, is_new=begins))
        if len(points) > 1:
            charts.append((title, run_chart(question, title, points)))
    return charts


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def add(request: SignedInRequest) -> HttpResponse:
    """Plan a change to try."""
    form = AddForm(_sent(request), initial={"planned_on": timezone.localdate()})

    def save() -> Cycle:
        return operations.plan_cycle(
            **form.owners(), details=form.details(), by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Plan a change", "The change is planned.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def owners(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the change is called, and who leads it."""
    cycle = _cycle(pk)
    there = {
        "title": cycle.title,
        "staff": list(cycle.staff_owners.all()),
        "lxrs": list(cycle.lxr_owners.all()),
    }
    form = OwnersForm(_sent(request), initial=there)

    def save() -> Cycle:
        return operations.change_owners(
            cycle=cycle, **form.owners(), by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Who leads this change", "Saved.", cycle)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the plan, until the change is tried."""
    cycle = _cycle(pk)
    there = _of(cycle, "idea", "prediction", "measure", "planned_on")
    form = PlanForm(_sent(request), initial=there | {"about": cycle.course_id or QUESTIONS})

    def save() -> Cycle:
        return operations.change_plan(
            cycle=cycle, details=form.details(), by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Plan", "The plan is saved.", cycle, Part.PLAN)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def do(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the change is tried, and what happened."""
    cycle = _cycle(pk)
    there = _of(cycle, "what_happened", "done_on")
    there["sessions"] = list(cycle.sessions.all())
    form = DoForm(_sent(request), initial=_dated(there, "done_on"), cycle=cycle)

    def save() -> Cycle:
        return operations.record_do(
            cycle=cycle,
            sessions=list(form.cleaned_data.get("sessions", ())),
            what_happened=form.cleaned_data["what_happened"],
            done_on=form.cleaned_data["done_on"],
            by=request.user,
            now=timezone.now(),
        )

    return _answer(request, form, save, "Do", "What you did is saved.", cycle, Part.DO)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def study(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was learned, and what the attendees agreed that they said."""
    cycle = _cycle(pk)
    there = _of(cycle, *StudyForm.base_fields)
    form = StudyForm(_sent(request), initial=_dated(there, "studied_on"))

    def save() -> Cycle:
        return operations.record_study(
            cycle=cycle, details=form.details(), by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Study", "What you learned is saved.", cycle, Part.STUDY)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Adopt, adapt or abandon the change."""
    cycle = _cycle(pk)
    form = ActForm(_sent(request), initial={"acted_on": timezone.localdate()})

    def save() -> Cycle:
        return operations.record_act(
            cycle=cycle, **form.cleaned_data, by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Act", "What you decided is saved.", cycle, Part.ACT)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def make_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the new version of the course, in the words of the cycle."""
    cycle = _cycle(pk)
    version = next(iter(cycle.versions.all()), None)
    if version is not None:
        return redirect("courses:version", version.pk)
    why = [cycle.learnt, cycle.summary, cycle.decision]
    there = {
        "made_on": timezone.localdate(),
        "what": cycle.idea,
        "why": "\n\n".join(each for each in why if each),
    }
    form = VersionForm(_sent(request), initial=there)
    if request.method == "POST" and form.is_valid():
        try:
            version = operations.make_version(
                cycle=cycle, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{version} is made. Plan a session that delivers it.")
            return redirect("courses:version", version.pk)
    elif not policies.makes_version(cycle):
        return _refused(request, cycle, policies.check_makes_version)
    context = {"form": form, "cycle": cycle, "title": "Make the new version"}
    return render(request, "training/cycles_form.html", context)


def _answer(
    request: SignedInRequest,
    form: Form,
    save: Callable[[], Cycle],
    title: str,
    done: str,
    cycle: Cycle | None = None,
    part: Part | None = None,
) -> HttpResponse:
    """The form; or, once it is sent and holds, the cycle's page with what was done."""
    if request.method == "POST" and form.is_valid():
        try:
            cycle = save()
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, done)
            return redirect("cycles:detail", cycle.pk)
    elif cycle and part and not policies.can_write(cycle, part):
        return _refused(request, cycle, lambda cycle: policies.check_can_write(cycle, part))
    context = {"form": form, "title": title, "cycle": cycle, "part": part}
    if cycle and part == Part.STUDY:
        context |= _said(cycle)
    return render(request, "training/cycles_form.html", context)


def _refused(
    request: SignedInRequest, cycle: Cycle, check: Callable[[Cycle], None]
) -> HttpResponse:
    try:
        check(cycle)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("cycles:detail", cycle.pk)


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _of(cycle: Cycle, *names: str) -> dict[str, Any]:
    return {name: getattr(cycle, name) for name in names}


def _dated(there: dict[str, Any], name: str) -> dict[str, Any]:
    """Today, where no day is written yet."""
    return there | {name: there[name] or timezone.localdate()}


def _cycle(pk: int) -> Cycle:
    cycle = queries.get_cycle(pk)
    if cycle is None:
        raise Http404
    return cycle
