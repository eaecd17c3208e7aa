"""The portal's own addresses, and the floor: a signed-in page with nothing in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from accounts.access import SignedInRequest, signed_in


@signed_in
def empty(request: SignedInRequest) -> HttpResponse:
    """A page that extends the site's base and says nothing."""
    return render(request, "bench_empty.html")


urlpatterns = [path("bench-empty/", empty), path("", include("lxr_portal.urls"))]
