"""Addresses of the library, for staff and, under /me/, for who reads it."""

from django.urls import URLPattern, path

from training.views import library as views
from training.views import own_library as own_views

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("", views.documents, name="list"),
    path("add/", views.add, name="add"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/change/", views.change, name="change"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/format/", views.add_format, name="add-format"),
    path("<id:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<id:pk>/read-by/<id:person>/", views.record, name="record"),
    path("files/<id:pk>/", views.file, name="file"),
]
own_urlpatterns: list[URLPattern] = [
    path("reading/", own_views.documents, name="list"),
    path("reading/<id:pk>/", own_views.detail, name="detail"),
    path("reading/files/<id:pk>/", own_views.file, name="file"),
]
