"""Sign-in. Of allauth's pages only those that are used; their names are allauth's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts import views
from accounts.access import public

own = [
    path("fresh/", views.ask_for_fresh_code, name="fresh"),
    path("fresh/code/", views.confirm_fresh_code, name="confirm-fresh"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/code/", views.RequestCode.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", views.Closed.as_view(), name="account_inactive"),
    path("signup/", views.sign_up, name="account_signup"),
    path("reauthenticate/", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", views.ResetPassword.as_view(), name="account_reset_password"),
    path(
        "password/reset/done/",
        views.ResetPasswordSent.as_view(),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.NewPasswordSaved.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", views.Authenticate.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", views.AuthenticatorAgain.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

if getattr(settings, "SOCIALACCOUNT_PROVIDERS", None):
    urlpatterns += [
        path("oidc/<slug:provider_id>/login/", views.to_the_trust, name="openid_connect_login"),
        path(
            "oidc/<slug:provider_id>/login/callback/",
            openid.callback,
            name="openid_connect_callback",
        ),
        path(
            "oidc/error/", public(views.TrustDidNotWork.as_view()), name="socialaccount_login_error"
        ),
        path(
            "oidc/cancelled/",
            public(views.TrustWasStopped.as_view()),
            name="socialaccount_login_cancelled",
        ),
    ]
