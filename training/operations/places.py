"""What people do with places: invite, book, answer, give up.

Locks, always in this order: the session, so that two people cannot take one place; then people by
id, so that nobody takes places at two sessions at the same time.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviewers.how import How
from reviewers.models import Reviewer, Stage
from training import policies, words
from training.models import Place, Session
from training.queries.checks_first import may_train, with_checks_first
from training.queries.in_doubt import get_in_doubt
from training.queries.same_time import busy_elsewhere, is_busy
from training.queries.sessions import conferring_places

# A place that is over: the person may have another try with the same row.
OVER = (Place.Outcome.CANCELLED, Place.Outcome.DECLINED, Place.Outcome.EXPIRED)


def lock_session(pk: int) -> Session:
    """The session, held until the transaction ends: two people cannot take one place."""
    return Session.objects.select_for_update().get(pk=pk)


def lock_people(people: Iterable[int]) -> None:
    """These people, by id, held until the transaction ends: one booking of each at a time."""
    rows = Reviewer.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=set(people)).order_by("pk").values_list("pk"))


def taken(session: Session) -> int:
    """How many places hold room, invitations among them."""
    return session.places.filter(outcome__in=Place.TAKEN).count()


def room(session: Session) -> int | None:
    """How many places are free; None without a limit."""
    return None if session.capacity is None else max(0, session.capacity - taken(session))


@transaction.atomic
def book(*, session: Session, reviewer: Reviewer, by: User, now: datetime) -> Place:
    """A place for this person, or the next on the waiting list when the session is full.

    Booking twice changes nothing. Raises RuleBroken.
    """
    session = lock_session(session.pk)
    _check_can_offer(session, [reviewer], now=now)
    return _take(session, reviewer, by=by, now=now)


@transaction.atomic
def book_own(*, session: Session, reviewer: Reviewer, by: User, now: datetime) -> Place:
    """The same by the person, at a session that is open for booking. Raises RuleBroken."""
    session = lock_session(session.pk)
    today = localdate(now)
    policies.check_can_book(session, reviewer, now=now)
    is_trained = conferring_places().filter(reviewer=reviewer).exists()
    waits = bool(with_checks_first([reviewer.pk], kind=session.kind, today=today))
    policies.check_open_to(session, is_trained=is_trained, waits=waits, today=today)
    lock_people([reviewer.pk])
    clash = busy_elsewhere(session, [reviewer]).get(reviewer.pk)
    policies.check_is_free(reviewer, clash, is_own=True)
    return _take(session, reviewer, by=by, now=now, how=How.ONLINE)


def _check_can_offer(session: Session, people: Sequence[Reviewer], *, now: datetime) -> None:
    today = localdate(now)
    waits = with_checks_first([each.pk for each in people], kind=session.kind, today=today)
    lock_people(each.pk for each in people)
    elsewhere = busy_elsewhere(session, people)
    for person in people:
        policies.check_can_book(session, person, now=now)
        policies.check_checks_first(person, waits=person.pk in waits)
        policies.check_is_free(person, elsewhere.get(person.pk), is_own=False)


def _take(session: Session, reviewer: Reviewer, *, by: User, now: datetime, how: str = "") -> Place:
    place = session.places.filter(reviewer=reviewer).first()
    if place is not None and place.outcome not in (*OVER, Place.Outcome.INVITED):
        return place
    place = place or Place(session=session, reviewer=reviewer)
    has_room = place.outcome == Place.Outcome.INVITED or room(session) != 0
    place.outcome = Place.Outcome.BOOKED if has_room else Place.Outcome.WAITING
    place.booked_at, place.answer_by, place.how = now, None, how
    place.cancelled_at = None
    place.session, place.reviewer = session, reviewer
    place.save()
    record("booked a place", on=place, by=by, now=now, about=reviewer.pk)
    if place.outcome == Place.Outcome.BOOKED:
        words.tell_booked(place, now=now)
    else:
        words.tell_waiting(place, now=now)
    return place


@transaction.atomic
def invite(
    *, session: Session, people: Sequence[Reviewer], answer_by: date, by: User, now: datetime
) -> list[Place]:
    """Ask these people whether they want to come; a place is held for each until they answer.

    Who has a place, waits for one or is invited is left alone. Raises RuleBroken, and then nobody
    is invited.
    """
    session = lock_session(session.pk)
    policies.check_answer_by(answer_by, held_on=session.held_on, today=localdate(now))
    _check_can_offer(session, people, now=now)
    there = {each.reviewer_id: each for each in session.places.filter(reviewer__in=people)}
    asked = []
    for person in people:
        place = there.get(person.pk) or Place(session=session, reviewer=person)
        if place.pk is None or place.outcome in OVER:
            asked.append(place)
            place.reviewer, place.session = person, session
    policies.check_room(room(session), wanted=len(asked))
    for place in asked:
        place.outcome = Place.Outcome.INVITED
        place.booked_at, place.answer_by, place.how = now, answer_by, ""
        place.cancelled_at = None
        place.save()
        record("invited to training", on=place, by=by, now=now, about=place.reviewer_id)
        words.tell_invited(place, now=now)
    return asked


@transaction.atomic
def answer_invitation(*, place: Place, is_coming: bool, how: str, by: User, now: datetime) -> Place:
    """Accept or decline. Who declines makes room for the first on the waiting list.

    The same answer again changes nothing. Raises RuleBroken.
    """
    session = lock_session(place.session_id)
    place = session.places.select_related("reviewer").get(pk=place.pk)
    place.session = session
    wanted = Place.Outcome.BOOKED if is_coming else Place.Outcome.DECLINED
    if place.outcome == wanted:
        return place
    policies.check_can_answer(place, is_coming=is_coming, now=now)
    person = place.reviewer
    if is_coming:
        lock_people([person.pk])
        clash = busy_elsewhere(session, [person]).get(person.pk)
        policies.check_is_free(person, clash, is_own=person.user_id == by.pk)
    place.outcome, place.how, place.booked_at, place.answer_by = wanted, how, now, None
    place.save(update_fields=["outcome", "how", "booked_at", "answer_by"])
    record(
        "answered an invitation", on=place, by=by, now=now, about=place.reviewer_id,
        fields=["outcome"], why=how,
    )  # fmt: skip
    if is_coming:
        words.tell_booked(place, now=now)
    else:
        promote(session, by=by, now=now)
    return place


@transaction.atomic
def cancel_place(*, place: Place, by: User, now: datetime, how: str = "") -> Place:
    """The place is given up; the first on the waiting list gets it and is told.

    The person is told as well, unless they did it themselves or have left. Raises RuleBroken.
    """
    session = lock_session(place.session_id)
    place = session.places.select_related("reviewer").get(pk=place.pk)
    place.session = session
    policies.check_can_cancel(place, today=localdate(now))
    place.outcome, place.answer_by, place.how = Place.Outcome.CANCELLED, None, how
    place.cancelled_at = now
    place.save(update_fields=["outcome", "answer_by", "how", "cancelled_at"])
    record("cancelled a place", on=place, by=by, now=now, about=place.reviewer_id)
    if place.reviewer.user_id != by.pk and place.reviewer.stage != Stage.LEFT:
        words.tell_place_cancelled(place, now=now)
    promote(session, by=by, now=now)
    return place


@transaction.atomic
def keep_place(*, place: Place, seen: str, by: User, now: datetime) -> Place:
    """Somebody who paused keeps their place: they will be back by then, say.

    ``seen``: what stood on the page. It rests until that changes. Kept already: nothing changes.
    Raises RuleBroken.
    """
    lock_session(place.session_id)
    found = get_in_doubt(place.pk, localdate(now))
    policies.check_is_in_doubt(is_in_doubt=found is not None)
    assert found is not None  # noqa: S101 - just checked
    policies.check_is_as_seen(found.seen, seen=seen)
    place = found.place
    if place.kept_as == seen:
        return place
    place.kept_as = seen
    place.save(update_fields=["kept_as"])
    record("kept a place", on=place, by=by, now=now, about=place.reviewer_id, fields=["kept_as"])
    return place


def promote(session: Session, *, by: User | None, now: datetime) -> int:
    """Let people in from the waiting list, in order, while there is room; how many.

    Who takes a break by now, whose checks come first, or who has a place somewhere else at that
    time keeps their turn; the next gets the place.
    """
    if session.is_cancelled or policies.has_begun(session, now=now):
        return 0
    free = room(session)
    waiting = session.places.filter(
        outcome=Place.Outcome.WAITING,
        reviewer__in=Reviewer.objects.filter(may_train(session.kind, today=localdate(now))),
    ).select_related("reviewer")
    lock_people(waiting.values_list("reviewer", flat=True))
    waiting = waiting.exclude(is_busy(session))
    let_in = list(waiting if free is None else waiting[:free])
    for place in let_in:
        place.session = session
        place.outcome, place.booked_at = Place.Outcome.BOOKED, now
        place.save(update_fields=["outcome", "booked_at"])
        record("promoted a place", on=place, by=by, now=now, about=place.reviewer_id)
        words.tell_booked(place, now=now)
    return len(let_in)


def let_in_waiting(*, now: datetime) -> int:
    """Let people in who were passed over for a while, on a break, say; how many there were.

    The portal does this by itself, session by session.
    """
    waits = Place.objects.filter(
        session=OuterRef("pk"),
        outcome=Place.Outcome.WAITING,
        reviewer__stage__in=policies.BOOKABLE,
    )
    sessions = Session.objects.filter(
        Exists(waits), is_cancelled=False, held_on__gte=localdate(now)
    ).order_by("held_on", "pk")
    return sum(_let_in(pk, now) for pk in sessions.values_list("pk", flat=True))


@transaction.atomic
def _let_in(pk: int, now: datetime) -> int:
    return promote(lock_session(pk), by=None, now=now)


def release_unanswered(*, now: datetime) -> int:
    """Let invitations run out whose last day to answer is over; how many there were.

    The portal does this by itself. Each on its own, so that a rerun goes on where the last one
    stopped.
    """
    unanswered = Place.objects.filter(
        outcome=Place.Outcome.INVITED, answer_by__lt=localdate(now)
    ).order_by("booked_at", "pk")
    return sum(_release(*each, now) for each in unanswered.values_list("pk", "session_id"))


@transaction.atomic
def _release(pk: int, session_id: int, now: datetime) -> bool:
    session = lock_session(session_id)
    place = session.places.select_related("reviewer").get(pk=pk)
    is_open = place.outcome == Place.Outcome.INVITED and place.answer_by is not None
    if not is_open or place.answer_by >= localdate(now):  # type: ignore[operator]  # set while invited
        return False
    place.outcome, place.session = Place.Outcome.EXPIRED, session
    place.save(update_fields=["outcome"])
    record(
        "invitation ran out", on=place, by=None, now=now, about=place.reviewer_id,
        fields=["outcome"],
    )  # fmt: skip
    if not session.is_cancelled and words.begins_at(session) > now:
        words.tell_expired(place, now=now)
    promote(session, by=None, now=now)
    return True
