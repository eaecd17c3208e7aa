"""Figures and charts."""

from django.urls import URLPattern, URLResolver, path

from insights import views

app_name = "insights"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("sessions/", views.sessions, name="sessions"),
]
