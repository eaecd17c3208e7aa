"""Figures and charts."""

from django.urls import URLPattern, URLResolver, path

from insights import views
from insights.api import token_views as tokens
from insights.forecast import views as forecast

app_name = "insights"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("change/", views.chance_or_change, name="change"),
    path("training/", views.training, name="training"),
    path("sessions/", views.sessions, name="sessions"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new, name="token-new"),
    path("tokens/<id:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/again/", forecast.again, name="forecast-again"),
]
