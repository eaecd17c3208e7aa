"""How allauth meets our rules."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class StaffSignInAdapter(DefaultSocialAccountAdapter):
    """The trust's own sign-in opens existing accounts only."""


class AuthenticatorAdapter(DefaultMFAAdapter):
    """Authenticator secrets stand encrypted."""
