"""PDSA cycles: plan a change, try it, study it, act on it, and make the new version."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from reviewers.models import Reviewer
from training import cycle_policies as policies
from training.cycle_policies import AFTER, Part
from training.models import Course, CourseVersion, Cycle, CycleNote, Place, Session
from training.operations.courses import add_version


class PlanDetails(TypedDict):
    """The plan, as its form asks."""

    course: Course | None
    idea: str
    prediction: str
    measure: str
    planned_on: date


class StudyDetails(TypedDict):
    """What was learned, as its form asks."""

    learnt: str
    summary: str
    summary_agreed_on: date | None
    summary_agreed_by: int | None
    studied_on: date


@transaction.atomic
def plan_cycle(
    *,
    title: str,
    details: PlanDetails,
    staff: Collection[StaffMember],
    lxrs: Collection[Reviewer],
    by: User,
    now: datetime,
) -> Cycle:
    """A change to try. The same plan again is the one that is there. Raises RuleBroken."""
    policies.check_owners(staff=staff, lxrs=lxrs)
    policies.check_day(details["planned_on"], after=None, today=localdate(now))
    same = Cycle.objects.filter(title=title, stage=Cycle.Stage.PLANNED, **details).first()
    if same is not None:
        return same
    cycle = Cycle.objects.create(title=title, about=_about(details["course"]), **details)
    cycle.staff_owners.set(staff)
    cycle.lxr_owners.set(lxrs)
    record("planned a change to try", on=cycle, by=by, now=now)
    return cycle


@transaction.atomic
def change_owners(
    *,
    cycle: Cycle,
    title: str,
    staff: Collection[StaffMember],
    lxrs: Collection[Reviewer],
    by: User,
    now: datetime,
) -> Cycle:
    """Its name, and who leads it. What changes nothing leaves no trace. Raises RuleBroken."""
    cycle = _locked(cycle)
    policies.check_owners(staff=staff, lxrs=lxrs)
    changed = ["title"] if cycle.title != title else []
    for name, people in (("staff_owners", staff), ("lxr_owners", lxrs)):
        if _set(cycle, name, people):
            changed.append(name)
    if changed:
        cycle.title = title
        cycle.save()
        record("changed who leads a change", on=cycle, by=by, now=now, fields=changed)
    return cycle


@transaction.atomic
def change_plan(*, cycle: Cycle, details: PlanDetails, by: User, now: datetime) -> Cycle:
    """The plan, until the change is tried. Raises RuleBroken."""
    cycle = _locked(cycle)
    policies.check_can_write(cycle, Part.PLAN)
    policies.check_day(details["planned_on"], after=None, today=localdate(now))
    values = {**details, "about": _about(details["course"])}
    return _write(cycle, Part.PLAN, values, by=by, now=now)


@transaction.atomic
def record_do(
    *,
    cycle: Cycle,
    sessions: Collection[Session],
    what_happened: str,
    done_on: date,
    by: User,
    now: datetime,
) -> Cycle:
    """Where the change is tried, and what happened. Raises RuleBroken."""
    cycle = _locked(cycle)
    policies.check_can_write(cycle, Part.DO)
    policies.check_sessions(cycle, sessions)
    policies.check_day(done_on, after=cycle.planned_on, today=localdate(now))
    more = ["sessions"] if _set(cycle, "sessions", sessions) else []
    values = {"what_happened": what_happened, "done_on": done_on}
    return _write(cycle, Part.DO, values, by=by, now=now, more=more)


@transaction.atomic
def record_study(*, cycle: Cycle, details: StudyDetails, by: User, now: datetime) -> Cycle:
    """What the ratings and words show, and what attendees agreed they said. Raises RuleBroken."""
    cycle = _locked(cycle)
    today = localdate(now)
    policies.check_can_write(cycle, Part.STUDY)
    sessions = list(cycle.sessions.all())
    policies.check_was_tried(cycle, sessions, today=today)
    policies.check_day(details["studied_on"], after=cycle.done_on, today=today)
    policies.check_summary(
        cycle,
        agreed_on=details["summary_agreed_on"],
        agreed_by=details["summary_agreed_by"],
        attended=_attended(sessions),
        first=min((each.held_on for each in sessions), default=None),
        today=today,
    )
    return _write(cycle, Part.STUDY, details, by=by, now=now)


def _attended(sessions: Iterable[Session]) -> int:
    there = Place.objects.filter(session__in=sessions, outcome=Place.Outcome.ATTENDED)
    return there.values("reviewer").distinct().count()


@transaction.atomic
def record_act(
    *, cycle: Cycle, outcome: str, decision: str, acted_on: date, by: User, now: datetime
) -> Cycle:
    """Adopt, adapt or abandon the change, for good. Raises RuleBroken."""
    cycle = _locked(cycle)
    policies.check_can_write(cycle, Part.ACT)
    policies.check_outcome(cycle, outcome)
    latest = cycle.studied_on or cycle.done_on or cycle.planned_on
    policies.check_day(acted_on, after=latest, today=localdate(now))
    values = {"outcome": outcome, "decision": decision, "acted_on": acted_on}
    return _write(cycle, Part.ACT, values, by=by, now=now)


@transaction.atomic
def make_version(
    *, cycle: Cycle, made_on: date, what: str, why: str, by: User, now: datetime
) -> CourseVersion:
    """The new version of the course that the change leads to; once. Raises RuleBroken."""
    cycle = _locked(cycle)
    policies.check_makes_version(cycle)
    version = _made(cycle)
    if version is not None:
        return version
    assert cycle.course is not None  # noqa: S101 - just checked
    version = add_version(course=cycle.course, made_on=made_on, what=what, why=why, by=by, now=now)
    if version.cycle_id is None:
        version.cycle = cycle
        version.save(update_fields=["cycle"])
    return version


@transaction.atomic
def add_note(*, cycle: Cycle, reviewer: Reviewer, words: str, by: User, now: datetime) -> CycleNote:
    """What somebody who helps to lead it has to say, at any step. The same words again: nothing.

    Raises RuleBroken for who does not lead it any more.
    """
    cycle = _locked(cycle)
    policies.check_leads(is_owner=cycle.lxr_owners.filter(pk=reviewer.pk).exists())
    same = cycle.notes.filter(reviewer=reviewer, words=words).first()
    if same is not None:
        return same
    note = cycle.notes.create(reviewer=reviewer, words=words, written_at=now)
    record("wrote a note about a change", on=note, by=by, now=now, about=reviewer.pk)
    return note


def _locked(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _made(cycle: Cycle) -> CourseVersion | None:
    return cycle.versions.first()


def _about(course: Course | None) -> str:
    return Cycle.About.QUESTIONS if course is None else Cycle.About.COURSE


def _set(cycle: Cycle, name: str, rows: Iterable[Model]) -> bool:
    """Whether this changed who or what hangs on the cycle."""
    there = set(getattr(cycle, name).values_list("pk", flat=True))
    wanted = {each.pk for each in rows}
    if there == wanted:
        return False
    getattr(cycle, name).set(wanted)
    return True


def _write(
    cycle: Cycle,
    part: Part,
    values: Mapping[str, Any],
    *,
    by: User,
    now: datetime,
    more: Iterable[str] = (),
) -> Cycle:
    changed = [name for name, value in values.items() if getattr(cycle, name) != value]
    for name in changed:
        setattr(cycle, name, values[name])
    changed += more
    stage = AFTER[part][cycle.stage]
    if stage != cycle.stage:
        cycle.stage = stage
        changed.append("stage")
    if changed:
        cycle.save()
        record(f"wrote the {part} of a change", on=cycle, by=by, now=now, fields=changed)
    return cycle
