"""People, for staff; and an LXR's own details under /me/."""

from django.urls import URLPattern, URLResolver, path

from reviewers.views import own, staff

app_name = "reviewers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", staff.people, name="list"),
    path("add/", staff.add, name="add"),
    path("<id:pk>/", staff.detail, name="detail"),
    path("<id:pk>/details/", staff.edit, {"part": "details"}, name="details"),
    path("<id:pk>/availability/", staff.edit, {"part": "availability"}, name="availability"),
    path("<id:pk>/away/", staff.edit, {"part": "away"}, name="away"),
    path("<id:pk>/away/<id:away>/remove/", staff.remove_away, name="remove-away"),
    path("<id:pk>/places/", staff.edit, {"part": "exclusions"}, name="exclusions"),
    path("<id:pk>/needs/", staff.edit, {"part": "access-needs"}, name="access-needs"),
    path("<id:pk>/experience/", staff.edit, {"part": "experience"}, name="experience"),
    path("<id:pk>/stage/", staff.stage, name="stage"),
    path("<id:pk>/pause/", staff.edit, {"part": "pause"}, name="pause"),
    path("<id:pk>/come-back/", staff.edit, {"part": "come-back"}, name="come-back"),
    path("<id:pk>/account/", staff.account, name="account"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("about/", own.menu, name="menu"),
    path("details/", own.edit, {"part": "details"}, name="details"),
    path("availability/", own.edit, {"part": "availability"}, name="availability"),
    path("away/", own.edit, {"part": "away"}, name="away"),
    path("away/<id:pk>/remove/", own.remove_away, name="remove-away"),
    path("places/", own.edit, {"part": "exclusions"}, name="exclusions"),
    path("needs/", own.edit, {"part": "access-needs"}, name="access-needs"),
    path("experience/", own.edit, {"part": "experience"}, name="experience"),
    path("pause/", own.pause, name="pause"),
    path("pause/until/", own.edit, {"part": "pause"}, name="pause-until"),
    path("pause/end/", own.come_back, name="come-back"),
]
