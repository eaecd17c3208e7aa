"""Addresses of the questions for visits and of those who wrote them."""

from django.urls import URLPattern, path

from training.views import questions as views

app_name = "questions"
urlpatterns: list[URLPattern] = [
    path("", views.questions, name="list"),
    path("<id:pk>/", views.question_set, name="set"),
    path("frameworks/add/", views.add_framework, name="add-framework"),
    path("frameworks/<id:pk>/", views.framework, name="framework"),
    path("groups/add/", views.add_group, name="add-group"),
    path("groups/<id:pk>/", views.group, name="group"),
    path("groups/<id:pk>/change/", views.change_group, name="change-group"),
    path("groups/<id:pk>/propose/", views.propose, name="propose"),
    path("groups/<id:pk>/votes/", views.votes, name="votes"),
    path("groups/<id:pk>/make/", views.make_set, name="make"),
    path("proposed/<id:pk>/", views.proposed, name="proposed"),
    path("proposed/<id:pk>/remove/", views.remove_proposed, name="remove"),
]
