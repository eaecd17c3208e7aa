"""People, for staff; and an LXR's own details under /me/."""

from django.urls import URLPattern, URLResolver

app_name = "reviewers"
urlpatterns: list[URLPattern | URLResolver] = []
own_urlpatterns: list[URLPattern | URLResolver] = []
