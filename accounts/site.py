"""The Django admin behind the portal's own door: not there for anyone but administrators."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

OURS = {"accounts", "organisation", "reviewers"}


class PortalAdmin(AdminSite):
    """Users, roles and lookups."""

    site_header = site_title = "LXR Portal administration"
    index_title = "What administrators look after"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own models: what libraries register for themselves could bypass our rules."""
        is_one = isinstance(model_or_iterable, type)
        models: list[Any] = [model_or_iterable] if is_one else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label in OURS]
        super().register(ours, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The view for administrators; "not found" for everyone else who is signed in."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one door: the portal's sign-in page."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise Http404
            return redirect("admin:index")
        onward = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Sign out where one signs in."""
        return redirect("account_logout")


class PortalAdminConfig(AdminConfig):
    """Django's admin app with our site as its site."""

    default = False  # it stands in INSTALLED_APPS by its own name
    default_site = "accounts.site.PortalAdmin"
