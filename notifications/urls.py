"""Messages: what waits, whom to ring, letters to print."""

from django.urls import path

from notifications.views import by_hand, local_mail, outbox, sending

app_name = "notifications"
urlpatterns = [
    path("", outbox.outbox, name="list"),
    path("<id:pk>/", outbox.detail, name="detail"),
    path("<id:pk>/try-again/", outbox.try_again, name="try_again"),
    path("calls/", by_hand.calls, name="calls"),
    path("<id:pk>/spoken/", by_hand.spoken, name="spoken"),
    path("<id:pk>/no-answer/", by_hand.no_answer, name="no_answer"),
    path("letters/", by_hand.letters, name="letters"),
    path("<id:pk>/posted/", by_hand.posted, name="posted"),
    path("sending/", sending.sending, name="sending"),
    path("sending/on/", sending.switch_on, name="switch_on"),
    path("sending/off/", sending.switch_off, name="switch_off"),
    path("local-mail/", local_mail.local_mail, name="local_mail"),
    path(
        "local-mail/<str:name>/<id:number>/",
        local_mail.local_mail_message,
        name="local_mail_message",
    ),
]
