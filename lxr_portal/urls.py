"""Every address of the portal, each app's own under its name."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import checks.urls
import feedback.urls
import programme.urls
import reviewers.urls
import reviews.urls
import training.urls
from lxr_portal import views

# What an LXR opens about themselves, each app's pages in a namespace of its own
OWN = [
    path("", include((app.own_urlpatterns, f"own-{app.app_name}")))
    for app in (reviewers.urls, reviews.urls, training.urls, checks.urls, feedback.urls)
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include(programme.urls.home_urlpatterns)),
    path("", include("programme.urls")),
    path("me/", include(OWN)),
    path("people/", include("reviewers.urls")),
    path("reviews/", include("reviews.urls")),
    path("training/", include("training.urls")),
    path("checks/", include("checks.urls")),
    path("feedback/", include("feedback.urls")),
    path("figures/", include("insights.urls")),
    path("messages/", include("notifications.urls")),
    path("settings/", include("organisation.urls")),
    path("jobs/", include("jobs.urls")),
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
