"""An LXR's own feedback under /me/: what they were asked, their answers, their permission."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import form_queries, operations, queries
from feedback.forms import PermissionForm, answer_form
from feedback.models import Answer, Asking
from organisation.queries import trust_settings
from rules import RuleBroken

SHOWN = 50


@require_safe
@requires(Permission.OWN_PAGES)
def feedback(request: SignedInRequest) -> HttpResponse:
    """What an LXR was asked about their visits, and what they answered."""
    context = {
        "to_answer": list(queries.own_askings(request.user)[:SHOWN]),
        "answered": list(queries.own_answers(request.user)[:SHOWN]),
    }
    return render(request, "feedback/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def form(request: SignedInRequest, pk: int) -> HttpResponse:
    """An LXR's feedback on one visit."""
    asking = queries.own_asking(request.user, pk)
    if asking is None:
        raise Http404
    if asking.state == Asking.State.ANSWERED:
        messages.success(request, "We have your feedback on this visit. Thank you.")
        return redirect("own-feedback:list")
    sent = request.POST if request.method == "POST" else None
    asked = form_queries.form_answered(asking.audience, request.POST.get("version", ""))
    form = answer_form(sent, asking, asked, by_hand=False)
    if sent is not None and form.is_valid():
        try:
            answer = operations.answer_own(
                asking=asking, given=form.given(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _thank_you(answer))
            return redirect("own-feedback:list")
    context = {"form": form, "asking": asking, "trust": trust_settings()}
    return render(request, "feedback/own_form.html", context)


def _thank_you(answer: Answer) -> str:
    if hasattr(answer, "concern"):
        return "Thank you. We have your feedback. Somebody of our team will get in touch with you."
    return "Thank you. We have your feedback."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def words(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Whether we may quote what an LXR said about a visit, for them to change."""
    answer = queries.own_answers(request.user).filter(key=key).first()
    if answer is None:
        raise Http404
    form = PermissionForm(request.POST if request.method == "POST" else None, answer=answer)
    if request.method == "POST" and form.is_valid():
        operations.change_permission(
            answer=answer,
            quote_as=form.cleaned_data["quote_as"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "We have changed how we may quote you.")
        return redirect("own-feedback:list")
    return render(request, "feedback/own_words.html", {"form": form, "answer": answer})
