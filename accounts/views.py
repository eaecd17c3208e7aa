"""Sign-in: allauth's flows behind pages of ours."""

import logging
from typing import Any

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.base import views as mfa
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts import fresh
from accounts.access import SignedInRequest, public, signed_in
from accounts.forms import FreshCodeForm, RequestCodeForm
from accounts.sessions import REMEMBER

logger = logging.getLogger(__name__)


class OurFrame:
    """Keeps allauth's ``site`` (an address) out of the way of our own (the page's frame)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth gives the page, without its site."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.pop("site", None)
        return context


class SignIn(OurFrame, account.LoginView):
    """A code by email first; a password, or the trust's own sign-in, for staff."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both forms, each going where it is answered."""
        context = super().get_context_data(**kwargs)
        context["code_form"] = RequestCodeForm()
        context["code_form"].action = context["request_login_code_url"]
        if getattr(settings, "SOCIALACCOUNT_PROVIDERS", None):
            context["trust_sign_in"] = reverse("openid_connect_login", args=["trust"])
        return context


@public  # it is how staff sign in
def to_the_trust(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the trust's own sign-in; back with a word if that cannot be reached."""
    if request.method != "POST":
        return redirect("account_login")
    try:
        response: HttpResponse = openid.login(request, provider_id)
    except OSError:  # what requests raises is one
        logger.exception("The trust's sign-in could not be reached.")
        messages.error(
            request, "Your trust’s sign-in cannot be reached now. Try again, or sign in by code."
        )
        return redirect("account_login")
    return response


class TrustDidNotWork(OurFrame, social.LoginErrorView):
    """Says that the trust's own sign-in did not work."""


class TrustWasStopped(OurFrame, social.LoginCancelledView):
    """Says that somebody stopped signing in there."""


class RequestCode(OurFrame, account.RequestLoginCodeView):
    """Sends the code. An address without an account gets the same answer, and no mail."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep in mind whether this device is to be remembered."""
        self.request.session[REMEMBER] = form.cleaned_data["remember"]
        response: HttpResponse = super().form_valid(form)
        return response


class ConfirmCode(OurFrame, account.ConfirmLoginCodeView):
    """Takes the code."""


class ResetPassword(OurFrame, account.PasswordResetView):
    """Asks for a link to choose a new password."""


class ResetPasswordSent(OurFrame, account.PasswordResetDoneView):
    """Says that the link is on its way, whoever asked."""


class NewPassword(OurFrame, account.PasswordResetFromKeyView):
    """Takes the new password."""


class NewPasswordSaved(OurFrame, account.PasswordResetFromKeyDoneView):
    """Says that it is saved."""


class Closed(OurFrame, account.AccountInactiveView):
    """Says that the account is closed."""


class Authenticate(OurFrame, mfa.AuthenticateView):
    """Asks for the authenticator's code."""


class OnlyWhereOneCan:
    """Back to the account's page for somebody who has nothing to prove themselves with."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or the way back."""
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied:
            return redirect("mfa_index")


class PasswordAgain(OnlyWhereOneCan, account.ReauthenticateView):
    """Asks for the password once more."""


class AuthenticatorAgain(OnlyWhereOneCan, mfa.ReauthenticateView):
    """Asks for the authenticator's code once more."""


@signed_in
def sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody signs up. The address has a name because allauth asks for it."""
    raise Http404


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_fresh_code(request: SignedInRequest) -> HttpResponse:
    """Offer to email a code to somebody who signed in a while ago, and send it."""
    if request.method == "POST":
        if ratelimit.consume(request, action="request_login_code", key=request.user.email):
            fresh.send_code(request)
            return redirect(_with_next(request, "accounts:confirm-fresh"))
        messages.error(request, "That was too often. Wait a few minutes, then try again.")
    return render(request, "accounts/fresh.html")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_fresh_code(request: SignedInRequest) -> HttpResponse:
    """Take the code, and go to the page that asked for it."""
    form = FreshCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if fresh.accept_code(request, form.cleaned_data["code"]):
            return redirect(get_next_redirect_url(request) or "home")
        form.add_error("code", "This is not the code we sent. Check it and try again.")
    if not fresh.has_code(request):
        if request.method == "POST":
            messages.error(request, "That code cannot be used any more. Ask for a new one.")
        return redirect(_with_next(request, "accounts:fresh"))
    return render(request, "accounts/confirm_fresh.html", {"form": form})


def _with_next(request: HttpRequest, name: str) -> str:
    onward = get_next_redirect_url(request)
    return f"{reverse(name)}?{urlencode({'next': onward})}" if onward else reverse(name)
