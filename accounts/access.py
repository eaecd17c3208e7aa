"""The guard every page carries. Without the right, a page is "not found", like a missing one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request of somebody who signed in: what a view behind ``requires`` receives."""

    user: User


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Open the view to whoever holds one of the permissions; to everyone else it is not found."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.may(each) for each in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.requires = permissions  # type: ignore[attr-defined]  # read by the role net
        return cast("View", guarded)

    return guard


def signed_in(view: View) -> View:
    """Open the view to everyone who signed in."""
    view.requires = ()  # type: ignore[attr-defined]  # read by the role net
    return view


def public(view: View) -> View:
    """Open the view to the world. Say why where it is used."""
    view.requires = None  # type: ignore[attr-defined]  # read by the role net
    return login_not_required(view)
