"""The portal's own addresses, and the floor: a signed-in page with nothing in it."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from accounts.access import SignedInRequest, signed_in
from checks.models import DBSCheck
from reviewers.admin import ReviewerAdmin
from reviewers.models import Reviewer
from reviews.models import Review
from training.models import Session


@signed_in
def empty(request: SignedInRequest) -> HttpResponse:
    """A page that extends the site's base and says nothing."""
    return render(request, "bench_empty.html")


# The peers of our lists; the product's own admin has no list of reviews.
site = admin.AdminSite(name="peers")


@admin.register(Review, site=site)
class ReviewAdmin(admin.ModelAdmin):
    """A usual changelist with the columns of our own list."""

    list_display = ("reference", "service", "visit_on", "status")
    list_select_related = ("service",)
    list_per_page = 50


@admin.register(Session, site=site)
class SessionAdmin(admin.ModelAdmin):
    """The same of training."""

    list_display = ("held_on", "title", "code", "kind", "capacity")
    list_per_page = 50


@admin.register(DBSCheck, site=site)
class DBSCheckAdmin(admin.ModelAdmin):
    """The same of checks."""

    list_display = ("reviewer", "level", "applied_on", "result")
    list_select_related = ("reviewer",)
    list_per_page = 50


site.register(Reviewer, ReviewerAdmin)

urlpatterns = [
    path("bench-empty/", empty),
    path("bench-admin/", site.urls),
    path("", include("lxr_portal.urls")),
]
