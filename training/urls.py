"""Sessions and places; and an LXR's own training under /me/."""

from django.urls import URLPattern, URLResolver, path

from training.views import certificates, day, own, places, refreshers, sessions

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", sessions.sessions, name="list"),
    path("add/", sessions.add, name="add"),
    path("no-shows/", places.no_shows, name="no-shows"),
    path("refreshers/", refreshers.due, name="refreshers"),
    path("places-to-confirm/", places.to_confirm, name="to-confirm"),
    path("<id:pk>/", sessions.detail, name="detail"),
    path("<id:pk>/change/", sessions.change, name="change"),
    path("<id:pk>/version/", sessions.say_version, name="say-version"),
    path("<id:pk>/cancel/", sessions.cancel, name="cancel-session"),
    path("<id:pk>/book/", places.book, name="book"),
    path("<id:pk>/invite/", places.invite, name="invite"),
    path("<id:pk>/attendance/", day.attendance, name="attendance"),
    path("<id:pk>/register/", day.register, name="register"),
    path("<id:pk>/certificates/", certificates.all_of, name="certificates"),
    path("<id:pk>/walk-in/", day.walk_in, name="walk-in"),
    path("places/<id:pk>/answer/", places.answer, name="answer"),
    path("places/<id:pk>/decide/", places.decide, name="decide"),
    path("places/<id:pk>/cancel/", places.cancel, name="cancel"),
    path("places/<id:pk>/certificate/", certificates.one, name="certificate"),
    path("places/<id:pk>/take-back/", day.take_back, name="take-back"),
    path("places/<id:pk>/follow-up/", places.follow_up, name="follow-up"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("training/", own.training, name="list"),
    path("training/<id:pk>/book/", own.book, name="book"),
    path("training/places/<id:pk>/answer/", own.answer, name="answer"),
    path("training/places/<id:pk>/cancel/", own.cancel, name="cancel"),
    path("training/places/<id:pk>/certificate/", own.certificate, name="certificate"),
]
