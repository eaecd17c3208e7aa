"""Training in a person's story: sessions they attended or helped to lead, and what is to come.

And the day on which their training stops counting.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.story import COMING, Before, Entry, Source, register, start_of
from training.models import Place, Session
from training.of_person import in_date_until, places_of, sessions_led_by


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
        for place in reversed(places_of(reviewer))
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
        for place in places_of(reviewer)
        if place.outcome in Place.OPEN and place.session.held_on >= today
    ][:COMING]


def _ran_out(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    last = in_date_until(reviewer)
    if last is None:
        return []
    moment = start_of(last + timedelta(days=1))
    entry = Entry(moment, reviewer.pk, "Their training counts no longer. A refresher is due.")
    return [entry] if before.allows(moment, reviewer.pk) else []


def _runs_out(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    last = in_date_until(reviewer)
    if last is None or last < localdate(now):
        return []
    words = "The last day on which their training counts."
    return [Entry(start_of(last), reviewer.pk, words)]


def _led(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Co-facilitating is taking part, as a visit is."""
    today = localdate(before.moment)
    return [
        _leading(session, "Helped to lead training:")
        for session in reversed(sessions_led_by(reviewer))
        if session.held_on <= today and before.allows(start_of(session.held_on), session.pk)
    ][:limit]


def _leads(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    today = localdate(now)
    return [
        _leading(session, "Helps to lead training:")
        for session in sessions_led_by(reviewer)
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
