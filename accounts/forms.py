"""allauth's forms in the look and words of the design system."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from accounts.sessions import set_length
from nhsuk.forms import Form, FormLook

EMAIL = "Email address"


class Look(FormLook):
    """Labels instead of placeholders, and our words for fields that several forms share."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            for attribute in ("placeholder", "autofocus"):
                field.widget.attrs.pop(attribute, None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class RequestCodeForm(Look, account.RequestLoginCodeForm):
    """An address to send a code to."""

    submit = "Email me a code"
    labels = {"email": EMAIL}
    remember = forms.BooleanField(
        required=False,
        label="Remember this device for 90 days. Only tick this if nobody else uses it.",
    )


class ConfirmCodeForm(Look, account.ConfirmLoginCodeForm):
    """The code that was sent."""

    submit = "Sign in"
    labels = {"code": "Code"}


class PasswordForm(Look, account.LoginForm):
    """Address and password, for staff."""

    submit = "Sign in"
    labels = {"login": EMAIL, "password": "Password"}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, for as long as accounts.sessions says."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if request.user.is_authenticated:
            set_length(request, request.user, is_remembered=False)
        return response


class ResetPasswordForm(Look, account.ResetPasswordForm):
    """An address to send a reset link to."""

    submit = "Email me a link"
    labels = {"email": EMAIL}


NEW = {"password1": "New password", "password2": "New password again"}
AT_LEAST = {"password1": "At least 12 characters. Three random words are good."}


class NewPasswordForm(Look, account.ResetPasswordKeyForm):
    """A new password, after a reset link."""

    submit = "Save the new password"
    labels, hints = NEW, AT_LEAST


class SetPasswordForm(Look, account.SetPasswordForm):
    """A first password."""

    submit = "Save the password"
    labels, hints = NEW, AT_LEAST


class ChangePasswordForm(Look, account.ChangePasswordForm):
    """A new password instead of the old one."""

    submit = "Save the new password"
    labels = {"oldpassword": "Password now", **NEW}
    hints = AT_LEAST


class ReauthenticateForm(Look, account.ReauthenticateForm):
    """The password once more."""

    submit = "Continue"
    labels = {"password": "Password"}


CODE = {"code": "Code from your authenticator app, or a recovery code"}


class AuthenticatorForm(Look, mfa.AuthenticateForm):
    """A code of the authenticator, at sign-in."""

    submit = "Sign in"
    labels = CODE


class AuthenticatorAgainForm(Look, mfa.ReauthenticateForm):
    """A code of the authenticator, once more."""

    submit = "Continue"
    labels = CODE


class SetUpAuthenticatorForm(Look, ActivateTOTPForm):
    """The first code of a new authenticator."""

    submit = "Set up the authenticator"
    labels = {"code": "The 6-digit code that the app shows"}

    @property
    def key_in_groups(self) -> str:
        """The key for typing in, four characters at a time; apps ignore the spaces."""
        key = str(self.secret)
        return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


class RemoveAuthenticatorForm(Look, DeactivateTOTPForm):
    """Whether to remove the authenticator."""

    submit = "Remove the authenticator"
    submit_variant = "warning"


class RecoveryCodesForm(Look, GenerateRecoveryCodesForm):
    """Whether to make new recovery codes."""

    submit = "Make new recovery codes"


class FreshCodeForm(Form):
    """The code that was sent to somebody who is signed in."""

    submit = "Continue"
    code = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
