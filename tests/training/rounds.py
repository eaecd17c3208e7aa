"""A change's way round, as the tests of it and of what it brought begin."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import NOW, TODAY
from training.operations import cycles as operations

BEFORE = TODAY - timedelta(days=30)
PLAN = {"idea": "Longer breaks", "prediction": "Less tired", "measure": "The pace rating"}
STUDY = {
    "learnt": "People stayed to the end",
    "summary": "",
    "summary_agreed_on": None,
    "summary_agreed_by": None,
    "studied_on": TODAY,
}
AGREED = {"summary": "Longer breaks", "summary_agreed_on": TODAY, "summary_agreed_by": 2}


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def version():
    return make.CourseVersionFactory(made_on=BEFORE)


@pytest.fixture
def session(version):
    made = make.SessionFactory(version=version, held_on=BEFORE, code="P1", kind="pilot")
    make.PlaceFactory.create_batch(4, session=made, outcome="attended")
    return made


@pytest.fixture
def cycle(by, version):
    return operations.plan_cycle(
        title="Longer breaks",
        details={**PLAN, "course": version.course, "planned_on": BEFORE},
        staff=[make.StaffFactory()],
        lxrs=[make.ReviewerFactory()],
        by=by,
        now=NOW,
    )


def tried(cycle, by, *sessions):
    return operations.record_do(
        cycle=cycle, sessions=sessions, what_happened="As planned", done_on=BEFORE, by=by, now=NOW
    )


def studied(cycle, by, **given):
    return operations.record_study(cycle=cycle, details=STUDY | given, by=by, now=NOW)


def acted(cycle, by, outcome):
    return operations.record_act(
        cycle=cycle, outcome=outcome, decision="Because", acted_on=TODAY, by=by, now=NOW
    )


def make_version(cycle, by):
    return operations.make_version(
        cycle=cycle, made_on=TODAY, what="Longer breaks", why="They asked", by=by, now=NOW
    )
