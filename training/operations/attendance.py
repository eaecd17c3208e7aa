"""What is written down on the day and after it: who came, who walked in, who was asked after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviewers.models import Reviewer
from training import policies
from training.models import Place, Session
from training.operations.places import lock_session
from training.operations.said import decide_again


class Mark(NamedTuple):
    """A tick on the list: what stood there when the list was opened, and whether they came.

    ``was`` is "attended", "did not attend", or empty for nothing yet.
    """

    was: str
    came: bool


@dataclass
class Recorded:
    """What came of a list: how many places changed, and which somebody else changed meanwhile."""

    changed: int = 0
    conflicts: list[Place] = field(default_factory=list)


@transaction.atomic
def record_attendance(
    *, session: Session, marks: Mapping[int, Mark], why: str = "", by: User, now: datetime
) -> Recorded:
    """Who came, by place. Only what this list changes is written.

    A place that is no longer as the list showed it stays as it is and comes back as a conflict.
    Changing what was recorded before needs ``why``. Raises RuleBroken, and then nothing is written.
    """
    session = lock_session(session.pk)
    policies.check_can_record_attendance(session, today=localdate(now))
    result = Recorded()
    for place in session.places.filter(pk__in=list(marks)).select_related("reviewer"):
        mark = marks[place.pk]
        outcome = Place.Outcome.ATTENDED if mark.came else Place.Outcome.DID_NOT_ATTEND
        if outcome in (mark.was, place.outcome):
            continue
        stands = "" if place.outcome == Place.Outcome.BOOKED else place.outcome
        if stands != mark.was:
            result.conflicts.append(place)
            continue
        if stands:
            policies.check_says_why(place, why)
            place.corrected_why = why
        place.outcome, place.followed_up_on = outcome, None
        place.save(update_fields=["outcome", "followed_up_on", "corrected_why"])
        action = "corrected attendance" if stands else "recorded attendance"
        record(action, on=place, by=by, now=now, about=place.reviewer_id, fields=["outcome"])
        result.changed += 1
    if result.changed:
        decide_again(session)
    return result


@transaction.atomic
def add_walk_in(
    *, session: Session, reviewer: Reviewer, why: str, by: User, now: datetime
) -> Place:
    """Somebody who came without a place attended all the same; ``why`` says how that came.

    Adding them again changes nothing. Raises RuleBroken.
    """
    session = lock_session(session.pk)
    policies.check_can_record_attendance(session, today=localdate(now))
    place = session.places.filter(reviewer=reviewer).first()
    if place is not None and place.outcome == Place.Outcome.ATTENDED:
        return place
    policies.check_can_walk_in(reviewer, place)
    place = place or Place(session=session, reviewer=reviewer, booked_at=now)
    place.outcome, place.walk_in_why, place.answer_by = Place.Outcome.ATTENDED, why, None
    place.cancelled_at = None
    place.save()
    record("added a walk-in", on=place, by=by, now=now, about=reviewer.pk)
    decide_again(session)
    return place


@transaction.atomic
def take_back_walk_in(*, place: Place, why: str, by: User, now: datetime) -> Place:
    """Somebody was added by mistake: they neither came nor stayed away. Raises RuleBroken.

    Their place is over, as one that was cancelled; the reason stays with it.
    """
    session = lock_session(place.session_id)
    place = session.places.select_related("reviewer").get(pk=place.pk)
    policies.check_can_take_back(place)
    place.outcome, place.followed_up_on = Place.Outcome.CANCELLED, None
    place.walk_in_why, place.corrected_why = "", why
    place.save(update_fields=["outcome", "followed_up_on", "walk_in_why", "corrected_why"])
    record(
        "took back a walk-in", on=place, by=by, now=now, about=place.reviewer_id,
        fields=["outcome"],
    )  # fmt: skip
    decide_again(session)
    return place


@transaction.atomic
def follow_up(*, place: Place, on: date, by: User, now: datetime) -> Place:
    """Somebody got in touch with a person who did not come. Raises RuleBroken."""
    session = lock_session(place.session_id)
    place = session.places.get(pk=place.pk)
    policies.check_can_follow_up(place, on, held_on=session.held_on, today=localdate(now))
    if place.followed_up_on == on:
        return place
    place.followed_up_on = on
    place.save(update_fields=["followed_up_on"])
    record("followed up a no-show", on=place, by=by, now=now, about=place.reviewer_id)
    return place
