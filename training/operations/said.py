"""The feedback form of a session: open it, close it, answer it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from rules import RuleBroken
from training import said_policies
from training.models import RoomLink, Said, Session
from training.models.said import new_nonce


@transaction.atomic
def open_form(*, session: Session, by: User, now: datetime) -> RoomLink:
    """A link for the room. A link that was there before opens nothing any more. RuleBroken."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    link = RoomLink.objects.filter(session=session).first()
    said_policies.check_can_open(session, link, today=localdate(now))
    link = link or RoomLink(session=session)
    link.nonce = new_nonce()
    link.save()
    record("opened a feedback form", on=link, by=by, now=now)
    return link


@transaction.atomic
def close_form(*, session: Session, by: User, now: datetime) -> None:
    """Nobody can answer any more, for good: answers that can be read are not added to."""
    link = RoomLink.objects.select_for_update().filter(session=session).first()
    if link is None or link.closed_at is not None:
        return
    link.closed_at = now
    link.nonce = new_nonce()
    link.save()
    record("closed a feedback form", on=link, by=by, now=now)


@transaction.atomic
def say(*, link: RoomLink, said: Said, now: datetime) -> None:
    """Keep an answer, with its day and nothing else about where it came from.

    No event is written: its moment would say when somebody answered. Raises RuleBroken if the form
    was closed in the meantime.
    """
    nonce = link.nonce
    link = RoomLink.objects.select_for_update().select_related("session").get(pk=link.pk)
    today = localdate(now)
    if link.nonce != nonce or not said_policies.is_open(link, link.session, today=today):
        message = "The form was closed while you were writing. Please tell a facilitator."
        raise RuleBroken(message)
    said.session = link.session
    said.said_on = today
    said.save(force_insert=True)
