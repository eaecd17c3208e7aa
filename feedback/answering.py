"""Pages on which feedback is given: by a secret link, or by an LXR who signed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import links
from accounts.access import SignedInRequest, public, requires
from accounts.permissions import Permission
from feedback import operations, queries
from feedback.forms import FORMS
from feedback.models import Answer
from organisation.queries import trust_settings
from rules import RuleBroken

SESSION_KEY = "feedback_secret"


# Public: a reviewed service has no account, the secret is the key.
@require_safe
@never_cache
@public
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Move the secret out of the address. Changes nothing: mail scanners open links too."""
    request.session[SESSION_KEY] = secret
    return redirect("feedback:answer")


# Public: see open_link.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def answer(request: HttpRequest) -> HttpResponse:
    """The form that a link opens. Unknown, used, expired and revoked links look the same."""
    now = timezone.now()
    secret = request.session.get(SESSION_KEY, "")
    link = links.find(secret=secret, purpose=operations.PURPOSE, now=now)
    asking = queries.get_asking(link.object_id if link else 0)
    if link is None or asking is None:
        return render(request, "feedback/no_link.html", {"trust": trust_settings()}, status=404)
    form = FORMS[asking.audience](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_by_link(link=link, words=form.words(), now=now)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            request.session.pop(SESSION_KEY, None)
            return redirect("feedback:thanks")
    context = {"form": form, "asking": asking, "trust": trust_settings()}
    return render(request, "feedback/answer.html", context)


# Public: see open_link.
@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "feedback/thanks.html", {"trust": trust_settings()})


@require_safe
@requires(Permission.OWN_PAGES)
def own_feedback(request: SignedInRequest) -> HttpResponse:
    """What an LXR was asked about their visits."""
    askings = list(queries.own_askings(request.user)[:50])
    context = {
        "to_answer": [each for each in askings if each.answered_on is None],
        "answered": [each for each in askings if each.answered_on is not None],
    }
    return render(request, "feedback/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def own_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """An LXR's feedback on one visit."""
    asking = queries.own_askings(request.user).filter(pk=pk).first()
    if asking is None:
        raise Http404
    if asking.answered_on is not None:
        messages.success(request, "We have your feedback on this visit. Thank you.")
        return redirect("own-feedback:list")
    form = FORMS[asking.audience](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer(
                asking=asking,
                words=form.words(),
                how=Answer.How.ONLINE,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Thank you. We have your feedback.")
            return redirect("own-feedback:list")
    context = {"form": form, "asking": asking, "trust": trust_settings()}
    return render(request, "feedback/own_form.html", context)
