"""What the three forms ask: their versions, and the next one question by question."""

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import form_queries, operations
from feedback.forms import AnswerForm, WordingForm
from feedback.models import Audience, FeedbackForm, FormQuestion
from rules import RuleBroken

Thing = TypeVar("Thing")
KINDS = {"rating": FormQuestion.Kind.RATING, "words": FormQuestion.Kind.TEXT}


@require_safe
@requires(Permission.MODERATE_FEEDBACK)
def forms(request: SignedInRequest) -> HttpResponse:
    """The three forms and their versions."""
    found = list(form_queries.versions())
    in_use = {each.audience: each.pk for each in reversed(found) if not each.is_draft}
    series = [
        (each.label, [form for form in found if form.audience == each], in_use.get(each))
        for each in (Audience.TEAM, Audience.LXR, Audience.QUALITY)
    ]
    return render(request, "feedback/forms.html", {"series": series})


@require_safe
@requires(Permission.MODERATE_FEEDBACK)
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one version asks; of a draft, with what can be changed."""
    form = _form(pk)
    return render(request, "feedback/form_version.html", {"version": form})


@require_safe
@requires(Permission.MODERATE_FEEDBACK)
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version as it is shown to whoever answers. It goes nowhere."""
    version = _form(pk)
    form = AnswerForm(asked=version, setting="")
    return render(request, "feedback/form_preview.html", {"version": version, "form": form})


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a new version from this one."""
    draft = operations.start_version(form=_form(pk), by=request.user, now=timezone.now())
    messages.success(
        request, f"Version {draft.number} is a draft. Change it here, then start to use it."
    )
    return redirect("feedback:form", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MODERATE_FEEDBACK)
def add_question(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Add a question to a draft: a rating, or one that asks for words."""
    version = _draft(pk)
    if kind not in KINDS:
        raise Http404
    form = WordingForm(request.POST if request.method == "POST" else None, kind=KINDS[kind])
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_question(
                form=version,
                kind=KINDS[kind],
                wording=form.wording(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The question is added at the end.")
            return redirect("feedback:form", pk)
    context = {"form": form, "version": version, "title": "Add a question"}
    return render(request, "feedback/form_question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MODERATE_FEEDBACK)
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change how a question of a draft is worded."""
    question = _question(pk)
    there = {name: getattr(question, name) for name in ("words", "help", "low", "middle", "high")}
    form = WordingForm(
        request.POST if request.method == "POST" else None, kind=question.kind, initial=there
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.reword(
                question=question, wording=form.wording(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The question is saved.")
            return redirect("feedback:form", question.form_id)
    context = {"form": form, "version": question.form, "title": "Change a question"}
    return render(request, "feedback/form_question.html", context)


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a question of a draft up or down."""
    question = _question(pk)
    operations.move_question(
        question=question,
        up=request.POST.get("way") == "up",
        by=request.user,
        now=timezone.now(),
    )
    return redirect("feedback:form", question.form_id)


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a question out of a draft."""
    question = _question(pk)
    try:
        operations.remove_question(question=question, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, f"“{question}” is not asked in this version.")
    return redirect("feedback:form", question.form_id)


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask this version from now."""
    operations.publish_version(form=_form(pk), by=request.user, now=timezone.now())
    messages.success(request, "This version is in use from now. Earlier answers keep theirs.")
    return redirect("feedback:form", pk)


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        operations.discard_version(form=_form(pk), by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("feedback:form", pk)
    messages.success(request, "The draft is thrown away.")
    return redirect("feedback:forms")


def _form(pk: int) -> FeedbackForm:
    return _found(form_queries.get_form(pk))


def _draft(pk: int) -> FeedbackForm:
    form = _form(pk)
    if not form.is_draft:
        raise Http404
    return form


def _question(pk: int) -> FormQuestion:
    return _found(form_queries.get_question(pk))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
