"""How allauth meets our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from accounts.models import User
from accounts.sessions import REMEMBER, set_length
from encryption.keys import decrypt, encrypt

SECRETS = "mfa_authenticator.data"


class SignInAdapter(DefaultAccountAdapter):
    """Sign-up is closed; a session lasts as long as accounts.sessions says."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_code": "This is not the code we sent. Check it and try again.",
        "too_many_login_attempts": "That was too often. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is made for a person, by an invitation or a coordinator."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and remember the device if the person asked for that."""
        is_remembered = request.session.pop(REMEMBER, False)
        super().login(request, user)
        set_length(request, user, is_remembered=is_remembered)


class StaffSignInAdapter(DefaultSocialAccountAdapter):
    """The trust's own sign-in opens existing staff accounts only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the open staff account with the address that the trust vouches for, or refuse."""
        address = "" if _is_unverified(sociallogin) else (sociallogin.user.email or "").lower()
        user = (
            sociallogin.user
            if sociallogin.is_existing
            else User.objects.filter(email=address).first()
        )
        if user is None or not user.is_active or not set(user.roles) - {"lxr"}:
            messages.error(
                request, "Your trust account has no account here. Ask an administrator for one."
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def _is_unverified(sociallogin: Any) -> bool:
    """Whether the trust's server says that it did not check the address. Many say nothing."""
    told = sociallogin.account.extra_data
    return any(
        isinstance(part, dict) and part.get("email_verified") is False for part in told.values()
    )


class AuthenticatorAdapter(DefaultMFAAdapter):
    """Authenticator secrets stand encrypted; who must have one cannot remove it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This is not the code that the app shows now. Try the next one.",
        "cannot_delete_authenticator": (
            "Your role needs an authenticator. With a new phone, ask an administrator to reset it."
        ),
    }

    def get_totp_issuer(self) -> str:
        """The name that an authenticator app shows."""
        return "LXR Portal"

    def encrypt(self, text: str) -> str:
        """The secret, encrypted for its column."""
        return encrypt(text.encode(), place=SECRETS).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises CannotDecrypt rather than give anything else."""
        return decrypt(encrypted_text.encode(), place=SECRETS).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whether no role of the user asks for it."""
        return not authenticator.user.needs_authenticator
