"""Home, the work lists and the import. Home itself stands outside the namespace."""

from django.urls import URLPattern, URLResolver

app_name = "programme"
home_urlpatterns: list[URLPattern | URLResolver] = []
urlpatterns: list[URLPattern | URLResolver] = []
