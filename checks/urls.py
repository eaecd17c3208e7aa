"""The checks team's pages; and an LXR's own checks under /me/."""

from django.urls import URLPattern, URLResolver, path

from checks.views import assessments, clearances, dbs, pages

app_name = "checks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.work_list, name="list"),
    path("work/<slug:key>/", pages.work_of_a_kind, name="kind"),
    path("purpose/", pages.purpose, name="purpose"),
    path("approvals/", assessments.approvals, name="approvals"),
    path("people/<id:pk>/", pages.person, name="person"),
    path("people/<id:pk>/ask/", dbs.ask, name="ask"),
    path("people/<id:pk>/application/", dbs.application, name="application"),
    path("people/<id:pk>/clearance/", clearances.clearance, name="clearance"),
    path("clearances/<id:pk>/", clearances.clearance_change, name="clearance_change"),
    path("clearances/<id:pk>/form/", clearances.ticks, name="ticks"),
    path("<id:pk>/id-check/", dbs.id_check, name="id_check"),
    path("<id:pk>/documents/", dbs.documents, name="documents"),
    path("<id:pk>/apply/", dbs.apply, name="apply"),
    path("<id:pk>/remind/", dbs.remind, name="remind"),
    path("<id:pk>/withdraw/", dbs.withdraw, name="withdraw"),
    path("<id:pk>/certificate/", dbs.certificate, name="certificate"),
    path("<id:pk>/settle/", dbs.settle, name="settle"),
    path("<id:pk>/consent/", dbs.consent, name="consent"),
    path("<id:pk>/consent/end/", dbs.end_consent, name="end_consent"),
    path("<id:pk>/status/", dbs.status, name="status"),
    path("assessments/<id:pk>/owner/", assessments.owner, name="owner"),
    path("assessments/<id:pk>/decision/", assessments.decide, name="decide"),
    path("assessments/<id:pk>/conditions/", assessments.conditions, name="conditions"),
    path("assessments/<id:pk>/told/", assessments.told, name="told"),
    path("assessments/<id:pk>/again/", assessments.reconsider, name="reconsider"),
    path("assessments/<id:pk>/approve/", assessments.approve, name="approve"),
    path("assessments/<id:pk>/return/", assessments.return_decision, name="return"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("checks/", pages.own_checks, name="list"),
]
