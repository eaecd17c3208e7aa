"""Sessions and places; and an LXR's own training under /me/."""

from django.urls import URLPattern, URLResolver

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = []
own_urlpatterns: list[URLPattern | URLResolver] = []
