"""Reviews and their teams; and an LXR's own visits under /me/."""

from django.urls import URLPattern, URLResolver

app_name = "reviews"
urlpatterns: list[URLPattern | URLResolver] = []
own_urlpatterns: list[URLPattern | URLResolver] = []
