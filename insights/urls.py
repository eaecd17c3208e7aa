"""Figures and charts."""

from django.urls import URLPattern, URLResolver, path

from insights import views

app_name = "insights"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("change/", views.chance_or_change, name="change"),
    path("training/", views.training, name="training"),
    path("sessions/", views.sessions, name="sessions"),
]
