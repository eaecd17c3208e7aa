"""What we write to people about training."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
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
    queue(
        key=f"training-place:{place.pk}:{place.booked_at:%Y%m%d%H%M%S}",
        kind="training-place",
        to=addressee(place.reviewer),
        subject="You have a place at a training session",
        body=letter("training/messages/place.txt", about(place)),
        now=now,
        about_id=place.pk,
        too_late_at=begins_at(place.session),
    )
