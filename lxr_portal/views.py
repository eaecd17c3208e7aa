"""Addresses that machines ask for."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from accounts.access import public


@public  # asked by load balancers and container health checks, which do not sign in
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say "ok" while pages can be served, which takes the database; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database cannot be reached", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@public  # nothing here is for search engines
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@public  # browsers ask for it before anyone signs in
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The design system's own icon."""
    return HttpResponsePermanentRedirect(static("wagtailnhsukfrontend/favicons/favicon.ico"))
