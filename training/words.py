"""What we write to people about training."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
from reviewers.models import Reviewer
from training.models import Place, Session

LONDON = ZoneInfo("Europe/London")


def begins_at(session: Session) -> datetime:
    """The moment a session begins; without a time, the start of its day."""
    local = datetime.combine(session.held_on, session.starts_at or time.min, LONDON)
    return local.astimezone(UTC)


def about(place: Place) -> dict[str, object]:
    """What the templates of messages about a place are given."""
    return {"place": place, "session": place.session, "person": place.reviewer}


def tell_booked(place: Place, *, now: datetime) -> None:
    """Queue the message that a place is booked. Call inside the transaction of the booking."""
    _tell(place, "place", "training-place", "You have a place at a training session", now)


def tell_waiting(place: Place, *, now: datetime) -> None:
    """The session is full, and the person is on its waiting list."""
    subject = "You are on the waiting list for a training session"
    _tell(place, "waiting", "training-waiting", subject, now)


def tell_expired(place: Place, *, now: datetime) -> None:
    """Nobody answered an invitation in time, so the place is not kept any longer."""
    subject = "We no longer keep a place at training for you"
    _tell(place, "expired", "training-invitation-expired", subject, now)


def tell_invited(place: Place, *, now: datetime) -> None:
    """Ask whether the person wants to come, and by when we would like to know."""
    _tell(place, "invitation", "training-invitation", "Would you like to come to training?", now)


def tell_changed(place: Place, *, now: datetime) -> None:
    """The session has another day, time, venue or way in."""
    _tell(place, "changed", "training-changed", "Your training session has changed", now)


def tell_place_cancelled(place: Place, *, now: datetime) -> None:
    """The place was given up for the person."""
    subject = "Your place at a training session is cancelled"
    _tell(place, "place_cancelled", "training-place-cancelled", subject, now)


def tell_session_cancelled(place: Place, *, now: datetime) -> None:
    """The session does not take place, and why."""
    _tell(place, "cancelled", "training-cancelled", "Your training session is cancelled", now)


def tell_leader_changed(session: Session, person: Reviewer, *, now: datetime) -> None:
    """The same to a Lived Experience Reviewer who leads it."""
    _tell_leader(session, person, "changed", "The training you help to lead has changed", now)


def tell_leader_cancelled(session: Session, person: Reviewer, *, now: datetime) -> None:
    """The session that this Lived Experience Reviewer leads does not take place, and why."""
    _tell_leader(session, person, "cancelled", "The training you help to lead is cancelled", now)


def _tell_leader(
    session: Session, person: Reviewer, template: str, subject: str, now: datetime
) -> None:
    # What it is about: that this person leads this session, as long as they do.
    leads = Session.co_facilitators.through.objects.get(session=session, reviewer=person)
    queue(
        key=f"training-led-{template}:{leads.pk}:{now:%Y%m%d%H%M%S}",
        kind=f"training-led-{template}",
        to=addressee(person),
        subject=subject,
        body=letter(
            f"training/messages/led_{template}.txt", {"session": session, "person": person}
        ),
        now=now,
        about_id=leads.pk,
        too_late_at=begins_at(session),
    )


def _tell(place: Place, template: str, kind: str, subject: str, now: datetime) -> None:
    queue(
        key=f"{kind}:{place.pk}:{now:%Y%m%d%H%M%S}",
        kind=kind,
        to=addressee(place.reviewer),
        subject=subject,
        body=letter(f"training/messages/{template}.txt", about(place)),
        now=now,
        about_id=place.pk,
        too_late_at=begins_at(place.session),
    )
