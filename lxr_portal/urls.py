"""Every address of the portal, each app's own under its name."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import checks.urls
import feedback.urls
import programme.urls
import reviewers.joining_urls
import reviewers.urls
import reviews.urls
import training.cycle_urls
import training.library_urls
import training.said_urls
import training.urls
from lxr_portal import views

# What an LXR opens about themselves, each app's pages in a namespace of its own
OWN = [
    path("", include((app.own_urlpatterns, f"own-{app.app_name}")))
    for app in (
        reviewers.urls,
        reviews.urls,
        training.urls,
        training.cycle_urls,
        training.library_urls,
        checks.urls,
        feedback.urls,
        programme.urls,
    )
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include(programme.urls.home_urlpatterns)),
    path("", include("programme.urls")),
    path("interested/", include(reviewers.joining_urls.public_urlpatterns)),
    path("me/", include(OWN)),
    path("people/", include("reviewers.urls")),
    path("reviews/", include("reviews.urls")),
    path("calendar/", include(reviews.urls.public_urlpatterns)),
    path("training/courses/", include("training.courses_urls")),
    path("training/", include("training.urls")),
    path("training/", include("training.said_urls")),
    path("training/cycles/", include("training.cycle_urls")),
    path("training/questions/", include("training.questions_urls")),
    path("training/library/", include("training.library_urls")),
    path("said/", include((training.said_urls.public_urlpatterns, "said"))),
    path("checks/", include("checks.urls")),
    path("feedback/", include("feedback.urls")),
    path("figures/", include("insights.urls")),
    path("api/v1/", include("insights.api.urls")),
    path("messages/", include("notifications.urls")),
    path("settings/", include("organisation.urls")),
    path("jobs/", include("jobs.urls")),
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
