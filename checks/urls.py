"""The checks team's pages; and an LXR's own checks under /me/."""

from django.urls import URLPattern, URLResolver, path

from checks import views

app_name = "checks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.work_list, name="list"),
    path("purpose/", views.purpose, name="purpose"),
    path("approvals/", views.approvals, name="approvals"),
    path("people/<id:pk>/", views.person, name="person"),
    path("people/<id:pk>/application/", views.application, name="application"),
    path("people/<id:pk>/clearance/", views.clearance, name="clearance"),
    path("<id:pk>/certificate/", views.certificate, name="certificate"),
    path("assessments/<id:pk>/decision/", views.decide, name="decide"),
    path("assessments/<id:pk>/told/", views.told, name="told"),
    path("assessments/<id:pk>/approve/", views.approve, name="approve"),
    path("assessments/<id:pk>/return/", views.return_decision, name="return"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("checks/", views.own_checks, name="list"),
]
