"""The feedback form of a session: open it, answer it, close it, and decide how it is read."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from rules import RuleBroken
from training import said_policies as policies
from training.models import CourseVersion, Place, RoomLink, Said, Session
from training.models.said import new_nonce


@transaction.atomic
def open_form(*, session: Session, by: User, now: datetime) -> RoomLink:
    """A link for the room. A link that was there before opens nothing any more. RuleBroken."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    link = RoomLink.objects.filter(session=session).first()
    policies.check_can_open(session, link, today=localdate(now))
    link = link or RoomLink(session=session)
    link.nonce = new_nonce()
    link.save()
    record("opened a feedback form", on=link, by=by, now=now)
    return link


@transaction.atomic
def say(*, link: RoomLink, said: Said, now: datetime) -> None:
    """Keep an answer, with its day and nothing else about where it came from.

    All answers to the session are written anew, in the order of their keys: a database keeps rows
    in the order in which they were written, and knows which were written together. No event is
    written: its moment would say when somebody answered. Raises RuleBroken if the form was closed
    in the meantime.
    """
    nonce = link.nonce
    link = RoomLink.objects.select_for_update().select_related("session").get(pk=link.pk)
    today = localdate(now)
    if link.nonce != nonce or not policies.is_open(link, link.session, today=today):
        message = "The form was closed while you were writing. Please tell a facilitator."
        raise RuleBroken(message)
    said.session = link.session
    said.said_on = today
    there = Said.objects.filter(session=link.session_id)
    rows = sorted([*there, said], key=lambda each: each.key)
    there.delete()
    Said.objects.bulk_create(rows)


@transaction.atomic
def close_form(*, session: Session, by: User, now: datetime) -> None:
    """Nobody can answer any more, for good: answers that can be read are not added to. RuleBroken.

    Closing it again changes nothing.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    link = _held(session)
    if link is None or link.closed_at is not None:
        return
    is_recorded = session.places.filter(outcome__in=Place.RECORDED).exists()
    policies.check_can_close(is_recorded=is_recorded)
    _close(link, session, by=by, now=now)


def close_old_forms(*, now: datetime) -> int:
    """Close those whose last day is over; how many there were. The portal does this by itself.

    Each on its own, so that a rerun goes on where the last one stopped.
    """
    last = localdate(now) - timedelta(days=policies.DAYS_OPEN)
    old = RoomLink.objects.filter(
        closed_at__isnull=True, session__held_on__lt=last, session__is_cancelled=False
    )
    ids = list(old.order_by("session__held_on", "pk").values_list("session", flat=True))
    return sum(_close_old(pk, now) for pk in ids)


@transaction.atomic
def _close_old(session_id: int, now: datetime) -> bool:
    session = Session.objects.select_for_update().get(pk=session_id)
    link = _held(session)
    is_over = localdate(now) > policies.last_day(session) and not session.is_cancelled
    if link is None or link.closed_at is not None or not is_over:
        return False
    _close(link, session, by=None, now=now)
    return True


def _held(session: Session) -> RoomLink | None:
    """The session's form, held; its version first, so that of two that close one sees the other."""
    if session.version_id is not None:
        CourseVersion.objects.select_for_update(no_key=True).get(pk=session.version_id)
    return RoomLink.objects.select_for_update().filter(session=session).first()


def _close(link: RoomLink, session: Session, *, by: User | None, now: datetime) -> None:
    link.closed_at = now
    link.nonce = new_nonce()
    link.attended = _attended(session)
    link.save()
    record("closed a feedback form", on=link, by=by, now=now)
    _decide(link, session)


def decide_again(session: Session) -> None:
    """Once it is known better who was there, or what was delivered; what is read stays as it is.

    Call with the session's row held.
    """
    link = _held(session)
    if link is None or link.closed_at is None or link.read_with_id is not None:
        return
    link.attended = _attended(session)
    link.save(update_fields=["attended"])
    _decide(link, session)


def _attended(session: Session) -> int:
    return session.places.filter(outcome=Place.Outcome.ATTENDED).count()


def _decide(link: RoomLink, session: Session) -> None:
    """Read its answers alone, or with those of its version that wait; else let them wait."""
    answers = session.said.count()
    if policies.stands_alone(answers=answers, attended=link.attended or 0):
        together = [link.pk]
    else:
        together = _enough_waiting(session) if answers else []
    RoomLink.objects.filter(pk__in=together).update(read_with=link)


def _enough_waiting(session: Session) -> list[int]:
    """The forms of its version that wait, if five people or more answered them; else none.

    Never one alone: there may be more answers to it than people who were there.
    """
    waiting = RoomLink.objects.filter(
        session__version__isnull=False,
        session__version=session.version_id,
        session__is_cancelled=False,
        closed_at__isnull=False,
        read_with__isnull=True,
    ).annotate(answers=Count("session__said"))
    found = {each.session_id: each for each in waiting if each.answers}
    answered = sum(
        policies.people(answers=each.answers, attended=each.attended or 0)
        for each in found.values()
    )
    there = Place.objects.filter(session__in=found, outcome=Place.Outcome.ATTENDED)
    people = min(answered, there.values("reviewer").distinct().count())
    is_enough = len(found) > 1 and people >= policies.AT_LEAST
    return [each.pk for each in found.values()] if is_enough else []
