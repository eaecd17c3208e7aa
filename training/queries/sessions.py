"""Reads about sessions and places for pages, tasks and the floors above."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, localtime

from accounts.models import User
from reviewers.models import Reviewer, Stage
from training.models import CourseVersion, Place, Session
from training.queries.checks_first import may_train
from training.queries.same_time import (
    busy_at_its_time,
    during_what_they_said_yes_to,
    is_busy,
)

SUGGESTED = 20


def conferring_places() -> QuerySet[Place]:
    """Attended places at sessions that make a person trained: workshop and staff training."""
    return _attended(Session.CONFERRING)


def keeping_places() -> QuerySet[Place]:
    """Attended places at sessions that keep a trained person in date: a refresher does as well."""
    return _attended(Session.KEEPING)


def _attended(kinds: tuple[str, ...]) -> QuerySet[Place]:
    return Place.objects.filter(
        outcome=Place.Outcome.ATTENDED, session__kind__in=kinds, session__is_cancelled=False
    )


def certified_places() -> QuerySet[Place]:
    """Places that a certificate is given for, with all that stands on it: a pilot gives none."""
    return (
        keeping_places()
        .select_related("reviewer", "session__version__course")
        .prefetch_related("session__staff_facilitators", "session__co_facilitators")
    )


def with_trained_on(reviewers: QuerySet[Reviewer]) -> QuerySet[Any]:
    """Annotate ``trained_on``: the day of the first session attended that confers it, or None."""
    first = (
        conferring_places()
        .filter(reviewer=OuterRef("pk"))
        .order_by("session__held_on")
        .annotate(day=F("session__held_on"))
        .values("day")[:1]
    )
    return reviewers.annotate(trained_on=Subquery(first))


def trained_by(day: date) -> Q:
    """The condition on reviewers: trained on or before ``day``, and in date then.

    In date: a workshop, staff training or refresher that they attended counts for good, or until
    that day or later. Sets that depend on no outer row: worked out once.
    """
    attended = conferring_places().filter(session__held_on__lte=day)
    trained = Q(pk__in=attended.values("reviewer"))
    recent = keeping_places().filter(
        Q(session__counts_until__isnull=True) | Q(session__counts_until__gte=day),
        session__held_on__lte=day,
    )
    # A refresher keeps a trained person in date; it does not make anybody trained.
    return trained & Q(pk__in=recent.values("reviewer"))


def in_date_until(reviewers: QuerySet[Reviewer]) -> QuerySet[Any]:
    """Trained people whose training does not count for good, each with ``in_date_until``."""
    kept = keeping_places().filter(reviewer=OuterRef("pk"))
    trained = reviewers.filter(Exists(conferring_places().filter(reviewer=OuterRef("pk"))))
    return with_in_date_until(trained.exclude(Exists(kept.filter(session__counts_until=None))))


def with_in_date_until(reviewers: QuerySet[Reviewer]) -> QuerySet[Any]:
    """The same of everybody; None where it counts for good, or for who is not trained."""
    kept = keeping_places().filter(reviewer=OuterRef("pk"))
    last = kept.order_by().values("reviewer").annotate(last=Max("session__counts_until"))
    counts = Exists(conferring_places().filter(reviewer=OuterRef("pk"))) & ~Exists(
        kept.filter(session__counts_until=None)
    )
    return reviewers.annotate(
        in_date_until=Case(
            When(counts, then=Subquery(last.values("last"), output_field=DateField()))
        )
    )


def trained_until(people: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Rows ``reviewer`` and ``until`` of those of these people whose training ends at some time.

    The day is that of ``in_date_until``, out of their places alone: nobody else's are read.
    """
    return (
        keeping_places()
        .filter(reviewer__in=people)
        .order_by()
        .values("reviewer")
        .annotate(
            until=Max("session__counts_until"),
            for_good=Count("pk", filter=Q(session__counts_until=None)),
            conferring=Count("pk", filter=Q(session__kind__in=Session.CONFERRING)),
        )
        .filter(for_good=0, conferring__gt=0)
    )


def own_in_date_until(user: User) -> date | None:
    """Until when the training of the person who is signed in counts; None: for good, or none."""
    found = in_date_until(Reviewer.objects.filter(user=user)).first()
    return found.in_date_until if found else None


def sessions() -> QuerySet[Any]:
    """Every session with ``taken`` (invited, booked or recorded), ``waiting`` and ``attended``."""
    return Session.objects.annotate(
        taken=counted("pk", *Place.TAKEN),
        waiting=counted("pk", Place.Outcome.WAITING),
        attended=counted("pk", Place.Outcome.ATTENDED),
    )


def counted(session: str, *outcomes: str) -> Coalesce:
    """How many places with these outcomes the session has. ``session``: the path to its id."""
    places = (
        Place.objects.filter(session=OuterRef(session), outcome__in=outcomes)
        .order_by()
        .values("session")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(places), 0)


def get_session(pk: int) -> Session | None:
    """The session with what it delivers."""
    return Session.objects.select_related("version__course").filter(pk=pk).first()


def get_led_session(pk: int) -> Session | None:
    """The session with what it delivers and who leads it."""
    return (
        Session.objects.select_related("version__course")
        .prefetch_related("staff_facilitators", "co_facilitators")
        .filter(pk=pk)
        .first()
    )


def get_place(pk: int) -> Place | None:
    """The place with its person and session."""
    return Place.objects.select_related("reviewer", "session").filter(pk=pk).first()


def get_person(pk: int) -> Reviewer | None:
    """The person to give a place."""
    return Reviewer.objects.filter(pk=pk).first()


def places_of(session: Session) -> QuerySet[Place]:
    """The session's places in the order of booking, each with its person."""
    return session.places.select_related("reviewer").order_by("booked_at", "pk")


def places_and_clashes(session: Session) -> QuerySet[Any]:
    """The same, each with ``is_elsewhere``: on a visit, or in training, at the session's time.

    Nobody books such a place, but a session or a visit can be moved onto the other.
    """
    waits = Q(outcome__in=Place.OPEN)
    return places_of(session).annotate(
        is_elsewhere=ExpressionWrapper(waits & is_busy(session), output_field=BooleanField())
    )


def on_the_list(session: Session, *, ticked: Iterable[int] = ()) -> QuerySet[Place]:
    """The places on the tick-list, by name: booked or recorded already, and those just ticked."""
    return (
        places_of(session)
        .filter(Q(outcome__in=Place.ON_THE_LIST) | Q(pk__in=list(ticked)))
        .order_by("reviewer__last_name", "reviewer__first_name", "pk")
    )


def bookable(session: Session, *, today: date) -> QuerySet[Reviewer]:
    """Everyone who could have a place at the session and has none."""
    there = Place.objects.filter(
        session=session,
        reviewer=OuterRef("pk"),
        outcome__in=[*Place.TAKEN, Place.Outcome.WAITING],
    )
    people = Reviewer.objects.filter(~Exists(there), may_train(session.kind, today=today))
    return people.order_by("last_name", "first_name", "pk")


def people_to_book(session: Session, *, words: str, today: date) -> QuerySet[Reviewer]:
    """Some of them: found by name or reference, or those who need the session.

    A refresher is needed by those who are trained, first by whoever is in date the shortest (each
    with ``in_date_until``); everything else by those who are not trained yet.
    """
    people = bookable(session, today=today)
    if session.kind == Session.Kind.REFRESHER:
        soonest = F("in_date_until").asc(nulls_last=True)
        people = with_in_date_until(people).order_by(soonest, "last_name", "first_name", "pk")
    if words.strip():
        return _named(people, words)
    trained = Exists(conferring_places().filter(reviewer=OuterRef("pk")))
    needed_by = trained if session.kind == Session.Kind.REFRESHER else ~trained
    return people.filter(needed_by)[:SUGGESTED]


def not_on_the_list(session: Session) -> QuerySet[Reviewer]:
    """Everyone who may have come without being on the tick-list."""
    there = session.places.filter(outcome__in=Place.ON_THE_LIST)
    people = Reviewer.objects.exclude(stage=Stage.LEFT).exclude(pk__in=there.values("reviewer"))
    return people.order_by("last_name", "first_name", "pk")


def people_to_add(session: Session, *, words: str) -> QuerySet[Reviewer]:
    """Some of them: found by name or reference, or those invited, waiting or cancelled."""
    people = not_on_the_list(session)
    if words.strip():
        return _named(people, words)
    return people.filter(pk__in=session.places.values("reviewer"))[:SUGGESTED]


def _named(people: QuerySet[Reviewer], words: str) -> QuerySet[Reviewer]:
    words = words.strip()
    found = Q(reference__istartswith=words)
    for word in words.split()[:3]:
        found |= Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
    return people.filter(found)[:SUGGESTED]


def no_shows() -> QuerySet[Place]:
    """Who did not come and nobody has got in touch with since, latest session first.

    Not who has left the programme for good.
    """
    missed = Place.objects.filter(outcome=Place.Outcome.DID_NOT_ATTEND, followed_up_on__isnull=True)
    return missed.exclude(reviewer__stage=Stage.LEFT).select_related("reviewer", "session")


def versions_for(session: Session) -> QuerySet[CourseVersion]:
    """What a session of the past may have delivered: versions of courses of its kind."""
    versions = CourseVersion.objects.select_related("course")
    if session.kind == Session.Kind.PILOT:
        return versions
    return versions.filter(course__kind=session.kind)


def own_places(user: User) -> QuerySet[Place]:
    """The places of the person who is signed in, latest session first."""
    return (
        Place.objects.filter(reviewer__user=user)
        .select_related("session")
        .order_by("-session__held_on", "-pk")
    )


def own_invitations(reviewer: Reviewer, *, today: date) -> QuerySet[Place]:
    """Those of this person that wait for an answer, soonest session first."""
    return (
        Place.objects.filter(
            reviewer=reviewer, outcome=Place.Outcome.INVITED, session__held_on__gte=today
        )
        .select_related("session")
        .order_by("session__held_on", "pk")
    )


def open_sessions(user: User, *, now: datetime) -> QuerySet[Any]:
    """Sessions that this person may book now, soonest first, with ``taken`` and ``waiting``.

    Not at a time at which they have a place somewhere else, or said yes to a visit.
    """
    today = localdate(now)
    person = Reviewer.objects.filter(user=user)
    trained = conferring_places().filter(reviewer__user=user)
    is_refresher = Q(kind=Session.Kind.REFRESHER)
    has_place = Place.objects.filter(
        session=OuterRef("pk"),
        reviewer__user=user,
        outcome__in=[*Place.TAKEN, Place.Outcome.WAITING],
    )
    booked, led = (each.filter(reviewer__user=user) for each in busy_at_its_time())
    return (
        sessions()
        .filter(
            is_refresher
            & Exists(trained)
            & Exists(person.filter(may_train(Session.Kind.REFRESHER, today=today)))
            | ~is_refresher
            & ~Exists(trained)
            & Exists(person.filter(may_train(Session.Kind.WORKSHOP, today=today))),
            _still_to_begin(now),
            is_cancelled=False,
            booking_opens_on__lte=today,
        )
        .exclude(Exists(has_place))
        .exclude(Exists(booked) | Exists(led) | during_what_they_said_yes_to(user, now))
        .order_by("held_on", "pk")[:SUGGESTED]
    )


def _still_to_begin(now: datetime) -> Q:
    """What ``policies.has_begun`` says, the other way round."""
    local = localtime(now)
    later_today = Q(starts_at__isnull=True) | Q(starts_at__gt=local.time())
    return Q(held_on__gt=local.date()) | Q(later_today, held_on=local.date())


def get_open_session(pk: int, *, now: datetime) -> Session | None:
    """A session to come that was opened for booking; the operation says who may book it."""
    return Session.objects.filter(
        _still_to_begin(now), pk=pk, is_cancelled=False, booking_opens_on__lte=localdate(now)
    ).first()


def own_reviewer(user: User) -> Reviewer | None:
    """The person who is signed in."""
    return Reviewer.objects.filter(user=user).first()
