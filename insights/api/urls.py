"""Figures for other programs, under /api/v1/. Names of fields and addresses stay as they are."""

from django.urls import URLPattern, path

from insights.api import views

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("coverage", views.coverage, name="coverage"),
    path("misses", views.misses, name="misses"),
    path("impact", views.impact, name="impact"),
    path("training", views.training, name="training"),
]
