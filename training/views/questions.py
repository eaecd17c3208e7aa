"""Questions for visits: the sets, the focus groups that wrote them, and the frameworks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from rules import RuleBroken
from training.forms.questions import (
    FrameworkForm,
    GroupForm,
    ProposedForm,
    ProposeForm,
    SetForm,
    VotesForm,
)
from training.models import FocusGroup, ProposedQuestion
from training.operations import questions as operations
from training.queries import questions as queries
from training.views.finding import found

SORTS = (Sort("latest", "Latest first", "ended_on", descending=True),)
FORM = "training/questions_form.html"


@require_safe
@requires(Permission.RUN_TRAINING)
def questions(request: SignedInRequest) -> HttpResponse:
    """The questions in use, earlier versions, and the focus groups."""
    context = {
        "sets": list(queries.sets()[:50]),
        "page": paginate(queries.groups(), params=request.GET, sorts=SORTS),
        "frameworks": list(queries.frameworks()[:50]),
    }
    return render(request, "training/questions.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def question_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version of the questions, who wrote it and why."""
    shown = found(queries.get_set(pk))
    asked = queries.grouped(shown)
    before = queries.next_to(shown.number - 1)
    context = {
        "set": shown,
        "asked": asked,
        "not_asked": [(each.key_question, each.not_asked) for each in asked if each.not_asked],
        "before": before,
        "after": queries.next_to(shown.number + 1),
        "changes": queries.changes(before, shown) if before else None,
    }
    return render(request, "training/questions_set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def add_framework(request: SignedInRequest) -> HttpResponse:
    """Add a version of a framework; filled in with CQC's where there is none yet."""
    is_first = not queries.frameworks().exists()
    form = FrameworkForm.with_cqc() if is_first else FrameworkForm()
    if request.method == "POST":
        form = FrameworkForm(request.POST)
        if form.is_valid():
            try:
                framework = operations.add_framework(
                    **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                messages.success(request, f"{framework} is added.")
                return redirect("questions:framework", framework.pk)
    context = {"form": form, "title": "Add a framework", "is_first": is_first}
    return render(request, FORM, context)


@require_safe
@requires(Permission.RUN_TRAINING)
def framework(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version of a framework: its key questions and statements."""
    shown = found(queries.get_framework(pk))
    context = {"framework": shown, "key_questions": queries.outline(shown)}
    return render(request, "training/questions_framework.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def add_group(request: SignedInRequest) -> HttpResponse:
    """Write down a focus group that has met."""
    if not queries.frameworks().exists():
        messages.error(request, "Add a framework first: it groups the questions.")
        return redirect("questions:add-framework")
    form = GroupForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            group = operations.add_group(
                details=form.details(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The group is saved. Now add the questions it proposed.")
            return redirect("questions:group", group.pk)
    return render(request, FORM, {"form": form, "title": "Write down a focus group"})


@require_safe
@requires(Permission.RUN_TRAINING)
def group(request: SignedInRequest, pk: int) -> HttpResponse:
    """One focus group: when, how many, what it proposed and agreed."""
    shown = _group(pk)
    context = {"group": shown, "asked": queries.proposed(shown)}
    return render(request, "training/questions_group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def change_group(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change when the group met, how many took part and as what."""
    shown = _group(pk)
    form = GroupForm(_sent(request), instance=_group(pk))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_group(
                group=shown, details=form.details(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The group is changed.")
            return redirect("questions:group", pk)
    return _form(request, form, "Change this group", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add what the group proposed under a key question."""
    shown = _group(pk)
    form = ProposeForm(_sent(request), group=shown)
    if request.method == "POST" and form.is_valid():
        try:
            new = operations.propose(
                group=shown, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _added(new))
            return redirect("questions:group", pk)
    return _form(request, form, "Add questions", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def votes(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many voted for each question, and which the group agreed on."""
    shown = _group(pk)
    asked = [each for each in queries.proposed(shown) if each.questions]
    proposed = [question for each in asked for question in each.questions]
    form = VotesForm(_sent(request), questions=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_votes(
                group=shown,
                votes=form.votes(),
                agreed=form.agreed(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The votes are saved.")
            return redirect("questions:group", pk)
    rows = [
        (each.key_question, [(question, *form.pair(question)) for question in each.questions])
        for each in asked
    ]
    context = {"form": form, "group": shown, "rows": rows}
    return render(request, "training/questions_votes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def make_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the next version of the questions from what the group agreed."""
    shown = _group(pk)
    form = SetForm(_sent(request), group=shown, initial={"made_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = operations.make_set(
                group=shown,
                keep=list(given.get("keep", ())),
                cycle=given.get("cycle"),
                made_on=given["made_on"],
                why=given["why"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{made} of the questions is made.")
            return redirect("questions:set", made.pk)
    return _form(request, form, "Make the next version of the questions", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def proposed(request: SignedInRequest, pk: int) -> HttpResponse:
    """One question a group proposed: its words and what it asks about."""
    question = _proposed(pk)
    there = {
        "words": question.words,
        "key_question": question.key_question_id,
        "statements": list(question.statements.all()),
    }
    form = ProposedForm(_sent(request), question=question, initial=there)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_proposed(
                question=question, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The question is saved.")
            return redirect("questions:group", question.group_id)
    context = {"form": form, "title": "Change this question", "group": question.group}
    return render(request, FORM, context | {"question": question})


@require_POST
@requires(Permission.RUN_TRAINING)
def remove_proposed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away a question that was written down by mistake."""
    question = _proposed(pk)
    try:
        operations.remove_proposed(question=question, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, f"“{question}” is taken away.")
    return redirect("questions:group", question.group_id)


def _added(new: int) -> str:
    if new == 0:
        return "The group had proposed these already. Nothing was added."
    return "1 question is added." if new == 1 else f"{new} questions are added."


def _form(request: SignedInRequest, form: Any, title: str, shown: FocusGroup) -> HttpResponse:
    return render(request, FORM, {"form": form, "title": title, "group": shown})


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _group(pk: int) -> FocusGroup:
    return found(queries.get_group(pk))


def _proposed(pk: int) -> ProposedQuestion:
    return found(queries.get_proposed(pk))
