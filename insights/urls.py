"""Figures and charts."""

from django.urls import URLPattern, URLResolver, path

from insights import views
from insights.api import token_views as tokens
from insights.forecast import views as forecast
from insights.partnership import views as partnership
from insights.reports import views as reports
from insights.reports import writing

app_name = "insights"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("missed/", views.missed, name="missed"),
    path("ratings/", views.ratings, name="ratings"),
    path("rates/", views.rates, name="rates"),
    path("funnel/", views.funnel, name="funnel"),
    path("reported/", views.reported, name="reported"),
    path("change/", views.chance_or_change, name="change"),
    path("training/", views.training, name="training"),
    path("sessions/", views.sessions, name="sessions"),
    path("tables/<slug:key>.<slug:kind>", views.table, name="table"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new, name="token-new"),
    path("tokens/<id:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/again/", forecast.again, name="forecast-again"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", writing.start, name="report-new"),
    path("reports/<id:pk>/", reports.report, name="report"),
    path("reports/<id:pk>/document/", reports.document, name="report-document"),
    path("reports/<id:pk>/draft/", reports.draft_document, name="report-draft-document"),
    path("reports/<id:pk>/words/", writing.words, name="report-words"),
    path("reports/<id:pk>/quotes/", writing.quotes, name="report-quotes"),
    path("reports/<id:pk>/count/", writing.count, name="report-count"),
    path("reports/<id:pk>/discard/", writing.discard, name="report-discard"),
    path("reports/<id:pk>/approve/", writing.approve, name="report-approve"),
    path("partners/", partnership.partners, name="partners"),
    path("partners/compare/", partnership.compare, name="compare"),
    path("partners/key/", partnership.key, name="key"),
    path("partners/share/", partnership.share, name="share"),
    path("partners/share/file/", partnership.share_file, name="share-file"),
    path("partners/receive/", partnership.receive, name="receive"),
    path("partners/add/", partnership.add, name="partner-add"),
    path("partners/<id:pk>/", partnership.change, name="partner"),
    path("partners/<id:pk>/remove/", partnership.remove, name="partner-remove"),
]
