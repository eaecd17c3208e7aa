"""Feedback, asked and given; and an LXR's own under /me/."""

from django.urls import URLPattern, URLResolver

app_name = "feedback"
urlpatterns: list[URLPattern | URLResolver] = []
own_urlpatterns: list[URLPattern | URLResolver] = []
