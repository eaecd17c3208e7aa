"""Sessions and places; and an LXR's own training under /me/."""

from django.urls import URLPattern, URLResolver, path

from training import views

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.sessions, name="list"),
    path("add/", views.add, name="add"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/change/", views.change, name="change"),
    path("<id:pk>/book/", views.book, name="book"),
    path("<id:pk>/attendance/", views.attendance, name="attendance"),
    path("places/<id:pk>/cancel/", views.cancel, name="cancel"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("training/", views.own_training, name="list"),
    path("training/<id:pk>/cancel/", views.own_cancel, name="cancel"),
]
