"""Courses and their versions, and until when what was attended counts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypedDict

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from rules import RuleBroken
from training import policies
from training.models import Course, CourseVersion, Session


class CourseDetails(TypedDict):
    """What a course is, as its form asks."""

    name: str
    kind: str
    lasts_months: int | None
    about: str


@transaction.atomic
def add_course(*, details: CourseDetails, what: str, by: User, now: datetime) -> Course:
    """A new course with its first version, which teaches ``what``. Raises RuleBroken."""
    try:
        with transaction.atomic():
            course = Course.objects.create(**details)
    except IntegrityError as error:
        raise RuleBroken(_named_already(details)) from error
    record("added a course", on=course, by=by, now=now)
    made = {"made_on": localdate(now), "what_changed": what}
    _write_version(course, 1, made, by=by, now=now)
    return course


@transaction.atomic
def change_course(*, course: Course, details: CourseDetails, by: User, now: datetime) -> Course:
    """The course is as the details say. How long it lasts holds for its past sessions as well.

    What changes nothing leaves no trace. Raises RuleBroken for a name that is taken, and for
    another kind once it has sessions.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    has_sessions = Session.objects.filter(version__course=course).exists()
    policies.check_course_kind(course, details["kind"], has_sessions=has_sessions)
    changed = [name for name, value in details.items() if getattr(course, name) != value]
    if not changed:
        return course
    for name in changed:
        setattr(course, name, details[name])  # type: ignore[literal-required]
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        raise RuleBroken(_named_already(details)) from error
    record("changed a course", on=course, by=by, now=now, fields=changed)
    if "lasts_months" in changed:
        keep_dates(Session.objects.filter(version__course=course).values_list("pk", flat=True))
    return course


def _named_already(details: CourseDetails) -> str:
    return f"There is already a course called {details['name']}."


@transaction.atomic
def add_version(
    *, course: Course, made_on: date, what: str, why: str, by: User, now: datetime
) -> CourseVersion:
    """The next version of the course: what changed, and why.

    The same words again are the version that is there. Raises RuleBroken for a day still to come
    or before the last version's.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    latest = course.versions.order_by("-number").first()
    if latest is not None and (latest.what_changed, latest.made_on) == (what, made_on):
        return latest
    policies.check_version_day(made_on, latest=latest, today=localdate(now))
    number = latest.number + 1 if latest else 1
    made = {"made_on": made_on, "what_changed": what, "why": why}
    return _write_version(course, number, made, by=by, now=now)


def _write_version(
    course: Course, number: int, made: dict[str, Any], *, by: User, now: datetime
) -> CourseVersion:
    version = CourseVersion.objects.create(course=course, number=number, **made)
    record("added a version of a course", on=version, by=by, now=now)
    return version


def counts_until(held_on: date, version: CourseVersion | None) -> date | None:
    """The last day on which having been there on that day counts; None: for good."""
    if version is None or version.course.lasts_months is None:
        return None
    return held_on + relativedelta(months=version.course.lasts_months)


def keep_dates(sessions: Iterable[int]) -> None:
    """Bring ``counts_until`` of these sessions in line with their day and their course."""
    for session in Session.objects.filter(pk__in=list(sessions)).select_related("version__course"):
        until = counts_until(session.held_on, session.version)
        if session.counts_until != until:
            session.counts_until = until
            session.save(update_fields=["counts_until"])


def open_before_the_day(sessions: Iterable[int]) -> None:
    """Where these sessions moved to a day before their booking opens, it opens on that day."""
    late = Session.objects.filter(pk__in=list(sessions), booking_opens_on__gt=F("held_on"))
    late.update(booking_opens_on=F("held_on"))
