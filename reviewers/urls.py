"""People, for staff; and an LXR's own details under /me/."""

from django.urls import URLPattern, URLResolver, path

from reviewers import joining_urls
from reviewers.views import for_them, own, staff, story

app_name = "reviewers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", staff.people, name="list"),
    *joining_urls.urlpatterns,
    path("<id:pk>/", staff.detail, name="detail"),
    path("<id:pk>/story/", story.story, name="story"),
    path("<id:pk>/details/", staff.edit, {"part": "details"}, name="details"),
    path("<id:pk>/availability/", staff.edit, {"part": "availability"}, name="availability"),
    path("<id:pk>/away/", staff.edit, {"part": "away"}, name="away"),
    path("<id:pk>/away/<id:away>/remove/", staff.remove_away, name="remove-away"),
    path("<id:pk>/emergency/", staff.edit, {"part": "emergency"}, name="emergency"),
    path("<id:pk>/places/", for_them.places, name="places"),
    path("<id:pk>/places/<id:directorate>/", for_them.places_in, name="exclusions"),
    path("<id:pk>/needs/", staff.edit, {"part": "access-needs"}, name="access-needs"),
    path("<id:pk>/needs/sharing/", for_them.sharing, name="sharing"),
    path("<id:pk>/experience/", for_them.experience, name="experience"),
    path("<id:pk>/experience/remove/", for_them.remove_experience, name="remove-all-experience"),
    path(
        "<id:pk>/experience/<id:experience>/keep/",
        for_them.keep_experience,
        name="keep-experience",
    ),
    path(
        "<id:pk>/experience/<id:experience>/remove/",
        for_them.remove_experience,
        name="remove-experience",
    ),
    path("<id:pk>/changes/", for_them.changes, name="changes"),
    path("<id:pk>/stage/", staff.stage, name="stage"),
    path("<id:pk>/leave/", staff.leave, name="leave"),
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
    path("emergency/", own.edit, {"part": "emergency"}, name="emergency"),
    path("places/", own.places, name="places"),
    path("places/<id:directorate>/", own.places_in, name="exclusions"),
    path("needs/", own.edit, {"part": "access-needs"}, name="access-needs"),
    path("needs/sharing/", own.sharing, name="sharing"),
    path("experience/", own.experience, name="experience"),
    path("experience/remove/", own.remove_experience, name="remove-all-experience"),
    path("experience/<id:pk>/keep/", own.keep_experience, name="keep-experience"),
    path("experience/<id:pk>/remove/", own.remove_experience, name="remove-experience"),
    path("changes/", own.changes, name="changes"),
    *joining_urls.own_urlpatterns,
    path("pause/", own.pause, name="pause"),
    path("pause/until/", own.edit, {"part": "pause"}, name="pause-until"),
    path("pause/end/", own.come_back, name="come-back"),
]
