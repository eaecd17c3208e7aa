"""Training in a person's story: sessions they attended or helped to lead, and what is to come.

And the day on which their training stops counting.
"""

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.story import COMING, Before, Entry, Source, register, start_of
from training.models import Place, Session


def _places(reviewer: Reviewer) -> list[Place]:
    """The person's places with their sessions, by day. Read once for one person's page."""
    places = Prefetch("places", Place.objects.select_related("session"))
    prefetch_related_objects([reviewer], places)
    return sorted(reviewer.places.all(), key=lambda place: (place.session.held_on, place.pk))


def _attended(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Who did not come is not told: it never counts against anybody."""
    return [
        Entry(
            start_of(place.session.held_on),
            place.pk,
            "Came to training:",
            link=place.session.title,
            href=reverse("training:detail", args=[place.session_id]),
            note="" if place.session.kind in Session.CONFERRING else _kind(place.session),
        )
        for place in reversed(_places(reviewer))
        if place.outcome == Place.Outcome.ATTENDED
        and before.allows(start_of(place.session.held_on), place.pk)
    ][:limit]


def _kind(session: Session) -> str:
    return f"{session.get_kind_display()}."


def _booked(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    today = localdate(now)
    return [
        Entry(
            start_of(place.session.held_on),
            place.pk,
            "Training:",
            link=place.session.title,
            href=reverse("training:detail", args=[place.session_id]),
            note="" if place.outcome == Place.Outcome.BOOKED else f"{place.get_outcome_display()}.",
        )
        for place in _places(reviewer)
        if place.outcome in Place.OPEN and place.session.held_on >= today
    ][:COMING]


def _last_day(reviewer: Reviewer) -> date | None:
    """The last day on which their training counts; None: not trained, or for good."""
    held = [
        place.session
        for place in _places(reviewer)
        if place.outcome == Place.Outcome.ATTENDED and not place.session.is_cancelled
    ]
    days = [each.counts_until for each in held if each.kind in Session.KEEPING]
    is_trained = any(each.kind in Session.CONFERRING for each in held)
    return max(filter(None, days)) if is_trained and None not in days else None


def _ran_out(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    last = _last_day(reviewer)
    if last is None:
        return []
    moment = start_of(last + timedelta(days=1))
    entry = Entry(moment, reviewer.pk, "Their training counts no longer. A refresher is due.")
    return [entry] if before.allows(moment, reviewer.pk) else []


def _runs_out(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    last = _last_day(reviewer)
    if last is None or last < localdate(now):
        return []
    words = "The last day on which their training counts."
    return [Entry(start_of(last), reviewer.pk, words)]


def _sessions(reviewer: Reviewer) -> list[Session]:
    """Those they help to lead, by day. Read once for one person's page."""
    prefetch_related_objects([reviewer], "sessions_co_facilitated")
    held = [each for each in reviewer.sessions_co_facilitated.all() if not each.is_cancelled]
    return sorted(held, key=lambda session: (session.held_on, session.pk))


def _led(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Co-facilitating is taking part, as a visit is."""
    today = localdate(before.moment)
    return [
        _leading(session, "Helped to lead training:")
        for session in reversed(_sessions(reviewer))
        if session.held_on <= today and before.allows(start_of(session.held_on), session.pk)
    ][:limit]


def _leads(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    today = localdate(now)
    return [
        _leading(session, "Helps to lead training:")
        for session in _sessions(reviewer)
        if session.held_on > today
    ][:COMING]


def _leading(session: Session, words: str) -> Entry:
    return Entry(
        start_of(session.held_on),
        session.pk,
        words,
        link=session.title,
        href=reverse("training:detail", args=[session.pk]),
    )


register(Source("training", Permission.RUN_TRAINING, _attended, _booked))
register(Source("cofacilitation", Permission.RUN_TRAINING, _led, _leads))
register(Source("refresher", Permission.RUN_TRAINING, _ran_out, _runs_out))
