"""Courses and their versions."""

from django.urls import URLPattern, URLResolver, path

from training.views import courses

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", courses.courses, name="list"),
    path("add/", courses.add, name="add"),
    path("<id:pk>/", courses.detail, name="detail"),
    path("<id:pk>/change/", courses.change, name="change"),
    path("<id:pk>/versions/add/", courses.add_version, name="add-version"),
    path("versions/<id:pk>/", courses.version, name="version"),
]
