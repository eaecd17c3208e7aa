"""How the demonstration's workshop came to be: a pilot, what it taught, and the launch."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from accounts.models import User
from training.models import Course, Cycle, Session
from training.operations import add_course, say_version
from training.operations.cycles import (
    make_version,
    plan_cycle,
    record_act,
    record_do,
    record_study,
)

WORKSHOP = "LXR workshop"
STAFF_TRAINING = "Staff review training"


def tell_of_training(*, by: User) -> None:
    """Courses, their versions, and the change between the pilot and the launch, once."""
    if Course.objects.exists():
        return
    _staff_training(by)
    pilot = Session.objects.filter(kind=Session.Kind.PILOT).order_by("held_on").first()
    workshops = list(Session.objects.filter(kind=Session.Kind.WORKSHOP).order_by("held_on"))
    if pilot is None or not workshops:
        return
    before = pilot.held_on - timedelta(days=30)
    course = add_course(
        details={
            "name": WORKSHOP, "kind": Course.Kind.WORKSHOP, "lasts_months": None,
            "about": "A day to get ready for visits, made and led together with reviewers.",
        },
        what="What a review is, talking with patients and staff, keeping yourself well.",
        by=by, now=_at(before),
    )  # fmt: skip
    first = course.versions.get()
    pilot = say_version(session=pilot, version=first, by=by, now=_at(pilot.held_on))
    cycle = _cycle(course, pilot, by)
    launched = workshops[0].held_on - timedelta(days=14)
    second = make_version(
        cycle=cycle,
        made_on=launched,
        what="Fewer slides. Practice in pairs. A longer lunch, and a quiet room all day.",
        why="Those who tried the pilot said that they learnt most by trying things out.",
        by=by,
        now=_at(launched),
    )
    for session in workshops:
        say_version(session=session, version=second, by=by, now=_at(session.held_on))


def _staff_training(by: User) -> None:
    sessions = list(Session.objects.filter(kind=Session.Kind.STAFF).order_by("held_on"))
    if not sessions:
        return
    before = _at(sessions[0].held_on - timedelta(days=30))
    course = add_course(
        details={
            "name": STAFF_TRAINING, "kind": Course.Kind.STAFF, "lasts_months": None,
            "about": "The training that everybody on a visiting team gets.",
        },
        what="How a review is prepared, done and written up.",
        by=by, now=before,
    )  # fmt: skip
    for session in sessions:
        say_version(session=session, version=course.versions.get(), by=by, now=before)


def _cycle(course: Course, pilot: Session, by: User) -> Cycle:
    day = pilot.held_on
    cycle = plan_cycle(
        title="More practice, fewer slides",
        details={
            "course": course,
            "idea": "Spend less of the day on slides and more on trying things out in pairs.",
            "prediction": "People leave knowing what they will do on their first visit.",
            "measure": "What those who come to the pilot say together at the end of the day.",
            "planned_on": day - timedelta(days=14),
        },
        staff=list(pilot.staff_facilitators.all()),
        lxrs=list(pilot.co_facilitators.all()),
        by=by,
        now=_at(day - timedelta(days=14)),
    )
    cycle = record_do(
        cycle=cycle,
        sessions=[pilot],
        what_happened="The pilot ran for a day. Four people came.",
        done_on=day,
        by=by,
        now=_at(day),
    )
    cycle = record_study(
        cycle=cycle,
        details={
            "learnt": "Too few came to show ratings, so we talked it over at the end.",
            "summary": "The practice was the best part. There was too much to listen to before "
            "lunch. We would like a quiet room, and to know whom we will meet on a visit.",
            "summary_agreed_on": day,
            "summary_agreed_by": 4,
            "studied_on": day + timedelta(days=7),
        },
        by=by,
        now=_at(day + timedelta(days=7)),
    )
    return record_act(
        cycle=cycle,
        outcome=Cycle.Outcome.ADOPT,
        decision="The workshop starts with fewer slides and practice in pairs.",
        acted_on=day + timedelta(days=10),
        by=by,
        now=_at(day + timedelta(days=10)),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), get_default_timezone())
