"""Reviews and their teams; and an LXR's own visits under /me/."""

from django.urls import URLPattern, URLResolver, include, path

from reviews import own_views, visit_views
from reviews.feeds import views as feeds
from reviews.first_visits import own_views as own_first_visits
from reviews.first_visits import views as first_visits
from reviews.gaps import views as gaps
from reviews.gate_list import views as gate_list
from reviews.longer import views as longer
from reviews.requests import own_views as own_requests
from reviews.requests import views as requests
from reviews.reserves import views as reserves
from reviews.to_ask import views as to_ask
from reviews.views import pages, planning, team
from reviews.waves import views as waves
from reviews.year import views as year

app_name = "reviews"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.reviews, name="list"),
    path("add/", planning.add, name="add"),
    path("gaps/", gaps.board, name="gaps"),
    path("plan/", include("reviews.planner.urls")),
    path("due/", year.due, name="due"),
    path("due/days/", year.days, name="due-days"),
    path("month/", year.month, name="month"),
    path("month/<str:key>/", year.month, name="month-of"),
    path("calendar/", feeds.for_staff, name="feed"),
    path("calendar/team/", feeds.for_team, name="team-feed"),
    path("gaps/<id:pk>/ask/", gaps.ask, name="gaps-ask"),
    path("first-visits/", first_visits.waiting, name="first-visits"),
    path("first-visits/coming/", first_visits.coming, name="first-visits-coming"),
    path("first-visits/talks/", first_visits.talks, name="first-visit-talks"),
    path("first-visits/ask/", first_visits.ask, name="first-visits-ask"),
    path("first-visits/<id:pk>/", first_visits.pathway, name="first-visit"),
    path("first-visits/<id:pk>/wish/", first_visits.wish, name="first-visit-wish"),
    path("first-visits/<id:pk>/buddy/", first_visits.buddy, name="first-visit-buddy"),
    path("first-visits/<id:pk>/watch/", first_visits.watch, name="first-visit-watch"),
    path("first-visits/<id:pk>/talk/", first_visits.debrief, name="first-visit-talk"),
    path("questions-to-ask/", to_ask.newest, name="questions"),
    path("requests/", requests.to_answer, name="requests"),
    path("requests/<id:pk>/", requests.answer, name="request"),
    path("<id:pk>/team/<id:member>/request/", requests.record, name="request-for"),
    path("<id:pk>/", pages.detail, name="detail"),
    path("<id:pk>/questions-to-ask/", to_ask.review, name="to-ask"),
    path("<id:pk>/change/", planning.change, name="change"),
    path("<id:pk>/confirm/", planning.confirm, name="confirm"),
    path("<id:pk>/postpone/", planning.postpone, name="postpone"),
    path("<id:pk>/cancel/", planning.cancel, name="cancel"),
    path("<id:pk>/invite/", team.invite, name="invite"),
    path("<id:pk>/reserve/", reserves.invite, name="reserve"),
    path("<id:pk>/team/<id:member>/call/", reserves.call, name="call-reserve"),
    path("<id:pk>/gate-list/", gate_list.gate_list, name="gate-list"),
    path("<id:pk>/line/", waves.line, name="line"),
    path("<id:pk>/line/add/", waves.add, name="line-add"),
    path("<id:pk>/line/stop/", waves.stop, name="line-stop"),
    path("<id:pk>/line/<id:turn>/move/", waves.move, name="line-move"),
    path("<id:pk>/line/<id:turn>/out/", waves.take_out, name="line-out"),
    path("<id:pk>/line/<id:turn>/back/", waves.put_back, name="line-back"),
    path("<id:pk>/staff/", team.staff, name="staff"),
    path("<id:pk>/cannot-come/", team.cannot_come, name="cannot-come"),
    path("<id:pk>/wind-up/", visit_views.wind_up, name="wind-up"),
    path("<id:pk>/record/", visit_views.record, name="record"),
    path("questions/<id:pk>/", visit_views.question, name="question"),
    path("questions/<id:pk>/close/", visit_views.close_question, name="close-question"),
    path("<id:pk>/team/<id:member>/answer/", team.answer, name="answer"),
    path("<id:pk>/team/<id:member>/longer/", longer.longer, name="longer"),
    path("<id:pk>/team/<id:member>/withdraw/", team.withdraw, name="withdraw"),
    path("<id:pk>/team/<id:member>/replace/", team.replace, name="replace"),
    path("<id:pk>/team/<id:member>/remove/", team.remove_staff, name="remove-staff"),
]
own_urlpatterns: list[URLPattern | URLResolver] = [
    path("first-visit/", own_first_visits.first_visit, name="first-visit"),
    path("next/", own_views.next_visit, name="next"),
    path("calendar/", feeds.own, name="feed"),
    path("visits/", own_views.visits, name="visits"),
    path("visits/<id:pk>/", own_views.visit, name="visit"),
    path("visits/<id:pk>/answer/", own_views.answer, name="answer"),
    path("visits/<id:pk>/why-not/", own_views.why_not, name="why-not"),
    path("visits/<id:pk>/question/", own_views.question, name="question"),
    path("visits/<id:pk>/request/", own_requests.ask, name="request"),
    path("visits/<id:pk>/calendar/", own_views.calendar, name="calendar"),
    path("visits/<id:pk>/questions-to-ask/", to_ask.own, name="to-ask"),
]
# The address that a calendar keeps.
public_urlpatterns: list[URLPattern] = [
    path("<str:secret>.ics", feeds.calendar, name="calendar"),
]
