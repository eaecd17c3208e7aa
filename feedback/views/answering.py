"""Pages on which feedback is given by a secret link, and permission to quote is taken back.

The secret stands in a cookie of the browser, not in the session of whoever is signed in: that is
kept, and would say that they were here.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import links
from accounts.access import public
from feedback import form_queries, operations, queries
from feedback.forms import PermissionForm, answer_form
from feedback.models import Asking, Audience
from organisation.queries import trust_settings
from rules import RuleBroken

COOKIE = "feedback"
WITHDRAWAL = "feedback_words"
SHOWN_FOR = 15 * 60  # seconds that the thank-you page can show the withdrawal link again
LONGEST_SECRET = 100
NO_LINK = "feedback/no_link.html"


# Public: a reviewed service has no account, the secret is the key.
@require_safe
@never_cache
@public
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Move the secret out of the address. Changes nothing: mail scanners open links too."""
    response = redirect("feedback:answer")
    _keep(response, COOKIE, secret, path=reverse("feedback:answer"))
    return response


# Public: see open_link.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def answer(request: HttpRequest) -> HttpResponse:
    """The form that a link opens. Unknown, used, expired and revoked links look the same."""
    now, trust = timezone.now(), trust_settings()
    secret = request.COOKIES.get(COOKIE, "")
    link = links.find_unspent(secret=secret, purpose=operations.PURPOSE, now=now)
    asking = queries.get_asking(link.object_id if link else 0)
    if link is None or asking is None or asking.state != Asking.State.OPEN:
        return render(request, NO_LINK, {"trust": trust}, status=404)
    sent = request.POST if request.method == "POST" else None
    asked = form_queries.form_answered(asking.audience, request.POST.get("version", ""))
    form = answer_form(sent, asking, asked, by_hand=False)
    if sent is not None and form.is_valid():
        try:
            withdrawal = operations.answer_by_link(
                link=link,
                secret=secret,
                given=form.given(),
                told_alone=form.told_alone,
                now=now,
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            response = redirect("feedback:thanks")
            _forget(response, COOKIE, path=reverse("feedback:answer"))
            _keep(
                response,
                WITHDRAWAL,
                withdrawal,
                path=reverse("feedback:thanks"),
                seconds=SHOWN_FOR,
            )
            return response
    is_alone = queries.is_alone(asking, now=now)
    form.tell(is_alone=is_alone)
    context = {
        "form": form,
        "asking": asking,
        "trust": trust,
        "is_of_service": asking.audience == Audience.TEAM,
        "is_alone": is_alone,
        # What the browser keeps a form under until it is sent: it opens nothing
        "kept_under": links.digest_of(f"kept:{secret}")[:32],
    }
    return render(request, "feedback/answer.html", context)


# Public: see open_link.
@require_safe
@never_cache
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you, and the link by which to change whether we may quote."""
    secret = request.COOKIES.get(WITHDRAWAL, "")
    address = ""
    if _is_plain(secret):
        address = settings.PUBLIC_URL + reverse("feedback:open-words", args=[secret])
    context = {"trust": trust_settings(), "address": address}
    return render(request, "feedback/thanks.html", context)


# Public: whoever sent words keeps the secret that stands with them, and has no account.
@require_safe
@never_cache
@public
def open_words(request: HttpRequest, secret: str) -> HttpResponse:
    """Move the withdrawal secret out of the address. Changes nothing."""
    response = redirect("feedback:words")
    _keep(response, WITHDRAWAL, secret, path=reverse("feedback:words"))
    return response


# Public: see open_words.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def words(request: HttpRequest) -> HttpResponse:
    """Whether we may quote what somebody sent, for them to change."""
    trust = trust_settings()
    answer = queries.answer_of(request.COOKIES.get(WITHDRAWAL, ""))
    if answer is None:
        return render(request, NO_LINK, {"trust": trust}, status=404)
    form = PermissionForm(request.POST if request.method == "POST" else None, answer=answer)
    if request.method == "POST" and form.is_valid():
        operations.change_permission(
            answer=answer, quote_as=form.cleaned_data["quote_as"], by=None, now=timezone.now()
        )
        messages.success(request, "We have changed how we may quote you.")
        return redirect("feedback:words")
    context = {"form": form, "answer": answer, "trust": trust}
    return render(request, "feedback/words.html", context)


def _is_plain(secret: str) -> bool:
    return 0 < len(secret) <= LONGEST_SECRET and secret.isascii() and secret.isprintable()


def _keep(
    response: HttpResponseBase, name: str, secret: str, *, path: str, seconds: int | None = None
) -> None:
    """Give the browser the secret; of one that cannot be ours, take away what it has."""
    if not _is_plain(secret):
        _forget(response, name, path=path)
        return
    response.set_cookie(
        name,
        secret,
        max_age=seconds,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _forget(response: HttpResponseBase, name: str, *, path: str) -> None:
    response.delete_cookie(name, path=path, samesite="Lax")
