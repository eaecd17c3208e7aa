"""The pages on which tokens are made and revoked."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights.api import operations, queries
from insights.api.forms import TokenForm
from insights.api.policies import USUAL
from nhsuk.paging import Sort, paginate
from rules import RuleBroken

LATEST = (Sort("latest", "Latest first", "id", descending=True),)


@require_safe
@requires(Permission.PUBLISH_FIGURES)
def tokens(request: SignedInRequest) -> HttpResponse:
    """Every token: what it may read, until when, and when it was last used."""
    page = paginate(queries.tokens(now=timezone.now()), params=request.GET, sorts=LATEST)
    return render(request, "insights/api/tokens.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Permission.PUBLISH_FIGURES)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a token. Its secret stands in the answer and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        asked = form.cleaned_data
        try:
            token, secret = operations.make_token(
                name=asked["name"],
                scopes=asked["scopes"],
                last_day=asked["last_day"] or timezone.localdate(now) + USUAL,
                once=asked["once"],
                by=request.user,
                now=now,
            )
        except RuleBroken as broken:
            form.add_error("last_day", str(broken))
        else:
            context = {
                "token": queries.get_token(token.pk, now=now),
                "secret": secret,
                "address": settings.PUBLIC_URL + reverse("api:coverage"),
            }
            return render(request, "insights/api/made.html", context, status=201)
    return render(request, "insights/api/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_FIGURES)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke a token, after asking."""
    now = timezone.now()
    token = queries.get_token(pk, now=now)
    if token is None:
        raise Http404
    if request.method == "POST":
        operations.revoke_token(token=token, by=request.user, now=now)
        messages.success(request, f"“{token}” opens nothing any more.")
        return redirect("insights:tokens")
    return render(request, "insights/api/revoke.html", {"token": token})
