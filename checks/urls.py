"""Checks, for checks officers; and an LXR's own under /me/."""

from django.urls import URLPattern, URLResolver

app_name = "checks"
urlpatterns: list[URLPattern | URLResolver] = []
own_urlpatterns: list[URLPattern | URLResolver] = []
