"""Addresses of attendees' feedback: what staff do with it, and the form for who was there."""

from django.urls import URLPattern, path

from training.views import said as views

app_name = "session-feedback"
urlpatterns: list[URLPattern] = [
    path("<id:pk>/feedback/", views.feedback, name="session"),
    path("<id:pk>/feedback/room/", views.room, name="room"),
    path("<id:pk>/feedback/open/", views.open_form, name="open"),
    path("<id:pk>/feedback/close/", views.close_form, name="close"),
]
# Beside the portal's other pages and short, because people type it.
public_urlpatterns: list[URLPattern] = [
    path("", views.answer, name="answer"),
    path("thank-you/", views.thanks, name="thanks"),
    path("<str:secret>/", views.open_link, name="open"),
]
