"""Feedback for staff, by secret link, and an LXR's own under /me/."""

from django.urls import URLPattern, URLResolver, path

from feedback import answering, views

app_name = "feedback"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.answers, name="list"),
    path("waiting/", views.waiting, name="waiting"),
    path("visits/<id:pk>/ask/", views.ask_service, name="ask"),
    path("waiting/<id:pk>/record/", views.record_answer, name="record"),
    path("waiting/<id:pk>/again/", views.send_again, name="again"),
    path("<id:pk>/approve/", views.approve_quote, name="approve"),
    path("<id:pk>/withdraw/", views.withdraw_quote, name="withdraw"),
    path("visit/", answering.answer, name="answer"),
    path("visit/thank-you/", answering.thanks, name="thanks"),
    path("visit/<str:secret>/", answering.open_link, name="open"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("feedback/", answering.own_feedback, name="list"),
    path("feedback/<id:pk>/", answering.own_form, name="form"),
]
