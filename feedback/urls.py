"""Feedback for staff, by secret link, and an LXR's own under /me/."""

from django.urls import URLPattern, URLResolver, path

from feedback.views import answering, concerns, own, quotes, reading, staff, versions

app_name = "feedback"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", staff.answers, name="list"),
    path("waiting/", staff.waiting, name="waiting"),
    path("visits/<id:pk>/ask/", staff.ask_service, name="ask"),
    path("waiting/<id:pk>/record/", staff.record_answer, name="record"),
    path("waiting/<id:pk>/again/", staff.send_again, name="again"),
    path("waiting/<id:pk>/revoke/", staff.revoke, name="revoke"),
    path("waiting/<id:pk>/decline/", staff.decline, name="decline"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<id:pk>/", concerns.concern, name="concern"),
    path("concerns/<id:pk>/in-touch/", concerns.in_touch, name="in-touch"),
    path("comments/", reading.comments, name="comments"),
    path("comments/<uuid:key>/", reading.comment, name="comment"),
    path("comments/<uuid:key>/withdraw/", reading.withdraw_quote, name="withdraw"),
    path("themes/", reading.themes, name="themes"),
    path("themes/add/", reading.theme_add, name="add-theme"),
    path("themes/<id:pk>/", reading.theme, name="theme"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("answers/<uuid:key>/take-back/", staff.take_back, name="take-back"),
    path("forms/", versions.forms, name="forms"),
    path("forms/<id:pk>/", versions.version, name="form"),
    path("forms/<id:pk>/preview/", versions.preview, name="preview"),
    path("forms/<id:pk>/new/", versions.start, name="start-form"),
    path("forms/<id:pk>/publish/", versions.publish, name="publish"),
    path("forms/<id:pk>/discard/", versions.discard, name="discard"),
    path("forms/<id:pk>/add/<slug:kind>/", versions.add_question, name="add-question"),
    path("forms/questions/<id:pk>/", versions.question, name="question"),
    path("forms/questions/<id:pk>/move/", versions.move, name="move-question"),
    path("forms/questions/<id:pk>/remove/", versions.remove, name="remove-question"),
    path("visit/", answering.answer, name="answer"),
    path("visit/thank-you/", answering.thanks, name="thanks"),
    path("visit/<str:secret>/", answering.open_link, name="open"),
    path("words/", answering.words, name="words"),
    path("words/<str:secret>/", answering.open_words, name="open-words"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("feedback/", own.feedback, name="list"),
    path("feedback/<id:pk>/", own.form, name="form"),
    path("feedback/<uuid:key>/words/", own.words, name="words"),
]
