"""Home, the access log and the import. Home itself stands outside the namespace."""

from django.urls import URLPattern, URLResolver, path

from programme import home_views

app_name = "programme"
home_urlpatterns: list[URLPattern | URLResolver] = [
    path("", home_views.home, name="home"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("access-log/", home_views.looks, name="access_log"),
]
