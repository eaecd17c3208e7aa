"""Addresses of the changes that are tried, for staff and, under /me/, for who helps to lead one."""

from django.urls import URLPattern, path

from training.views import cycles as views
from training.views import own_cycles as own_views

app_name = "cycles"
urlpatterns: list[URLPattern] = [
    path("", views.board, name="board"),
    path("all/", views.everything, name="all"),
    path("add/", views.add, name="add"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/owners/", views.owners, name="owners"),
    path("<id:pk>/plan/", views.plan, name="plan"),
    path("<id:pk>/do/", views.do, name="do"),
    path("<id:pk>/study/", views.study, name="study"),
    path("<id:pk>/act/", views.act, name="act"),
    path("<id:pk>/version/", views.make_version, name="version"),
]
own_urlpatterns: list[URLPattern] = [
    path("training/changes/", own_views.cycles, name="list"),
    path("training/changes/<id:pk>/", own_views.cycle, name="detail"),
]
