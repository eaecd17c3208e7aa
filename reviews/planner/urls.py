"""The plan and what is done with it, under /reviews/plan/."""

from django.urls import URLPattern, path

from reviews.planner import views

urlpatterns: list[URLPattern] = [
    path("", views.plan, name="plan"),
    path("work-out/", views.work_out, name="plan-work-out"),
    path("made/<id:pk>/", views.made, name="plan-made"),
    path("ask/", views.ask, name="plan-ask"),
    path("asked/<id:pk>/", views.asked, name="plan-asked"),
    path("keep/", views.keep, name="plan-keep"),
    path("let-go/<id:pk>/", views.let_go, name="plan-let-go"),
    path("visits/<id:pk>/", views.change, name="plan-change"),
]
