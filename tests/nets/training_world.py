"""What attendees said, and the changes that are tried, in the nets' world."""

from datetime import date, timedelta
from typing import Any

from tests import factories as make
from tests.factories import TODAY
from tests.nets.canaries import CANARIES
from training.models import RoomLink
from training.said_links import secret_of


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


def add_said(world: Any) -> None:
    """A session that can be read, a smaller one that cannot, and a form that is open."""
    for _ in range(5):
        make.SaidFactory(session=world.session, comment=CANARIES["said"])
    make.ReadFormFactory(session=world.session)
    make.SaidFactory(session=world.past_session, comment=CANARIES["said by few"])
    world.room_link = RoomLink.objects.create(session=world.past_session)
    world.room_secret = secret_of(world.room_link)


def add_cycles(world: Any) -> None:
    """A change that is planned, one that is tried, and one that is adopted."""
    course = world.version.course
    world.cycle = make.CycleFactory(course=course, title="Start later")
    world.tried = make.CycleFactory(
        course=course,
        title="Longer breaks",
        stage="doing",
        planned_on=_day(-210),
        done_on=_day(-205),
    )
    world.adopted = make.CycleFactory(
        course=course,
        title="More practice",
        stage="acted",
        planned_on=_day(-210),
        done_on=_day(-205),
        studied_on=_day(-190),
        acted_on=_day(-180),
        learnt="People want to try it out",
        summary="We would like to try it out in pairs.",
        summary_agreed_on=_day(-195),
        summary_agreed_by=2,
        outcome="adopt",
        decision="Keep it",
    )
    for cycle in (world.tried, world.adopted):
        cycle.sessions.add(world.session)
        cycle.staff_owners.add(world.other_staff)
    world.cycle.lxr_owners.add(world.reviewer)
    world.cycle.notes.create(
        reviewer=world.reviewer, words=CANARIES["cycle note"], written_at=make.NOW
    )
    world.cycle.staff_owners.add(world.other_staff)


def add_questions(world: Any) -> None:
    """A set that visits use, a group that still talks, and a change that leads to a set."""
    world.question_set = make.QuestionSetFactory(number=1)
    world.framework = world.question_set.framework
    world.group = make.FocusGroupFactory(framework=world.framework)
    world.proposed = make.ProposedQuestionFactory(group=world.group, votes=9, is_agreed=True)
    make.CycleFactory(
        about="questions",
        course=None,
        title="Ask about food",
        stage="acted",
        planned_on=_day(-60),
        done_on=_day(-50),
        studied_on=_day(-40),
        acted_on=_day(-30),
        outcome="adopt",
        decision="Keep it",
    )


def add_library(world: Any) -> None:
    """A document with an older version that the person has read, and one that is theirs to read."""
    world.old_document = make.DocumentVersionFactory(title="On your own")
    world.document = world.old_document.document
    world.new_document = make.DocumentVersionFactory(
        document=world.document, number=2, what_changed="Whom to ring"
    )
    world.old_document.readings.create(reviewer=world.reviewer, read_on=TODAY, how="online")
    world.file = world.new_document.files.get()
    world.withdrawn_file = make.DocumentVersionFactory(
        title="Old rules", document__is_withdrawn=True
    ).files.get()


def add_refreshers(world: Any) -> None:
    """Somebody whose training ran out, a refresher to come, and somebody with a place there."""
    world.refresher = make.SessionFactory(
        title="Refresher", kind="refresher", held_on=_day(40), capacity=8
    )
    _whose_training_ends(_day(-10))
    make.PlaceFactory(session=world.refresher, reviewer=_whose_training_ends(_day(20)))


def _whose_training_ends(last: date) -> Any:
    session = make.SessionFactory(held_on=last - timedelta(days=365), counts_until=last)
    return make.PlaceFactory(session=session, outcome="attended").reviewer


def grow_training(world: Any, n: int) -> None:
    """One more of each: an answer, a version that can be read, a change at each open step."""
    make.PlaceFactory(session=world.refresher, reviewer=_whose_training_ends(_day(20)))
    make.SessionFactory(held_on=_day(-n - 1)).co_facilitators.add(world.reviewer)
    make.SaidFactory(session=world.session, comment=f"Words {n}")
    version = make.CourseVersionFactory(course=world.version.course, number=n + 10)
    session = make.SessionFactory(version=version, held_on=_day(n - 100))
    for _ in range(5):
        make.SaidFactory(session=session)
    make.ReadFormFactory(session=session)
    cycle = make.CycleFactory(course=world.version.course)
    cycle.lxr_owners.add(world.reviewer, world.other.reviewer)
    for each in (world.cycle, world.adopted):
        each.notes.create(reviewer=world.reviewer, words=f"Words {n}", written_at=make.NOW)
    world.cycle.sessions.add(session)
    world.adopted.sessions.add(session)
    make.CycleFactory(stage="doing", done_on=_day(-50)).staff_owners.add(world.other_staff)
    proposed = make.ProposedQuestionFactory(group=world.group, votes=n % 10, is_agreed=n % 2 == 0)
    proposed.statements.set(world.framework.key_questions.first().statements.all())
    question = world.question_set.questions.create(
        position=n + 10, words=f"Is it clean, {n}?", key_question=proposed.key_question
    )
    question.statements.set(proposed.key_question.statements.all())
    make.QuestionSetFactory(number=n + 100, group=make.FocusGroupFactory(framework=world.framework))
    document = make.DocumentVersionFactory(title=f"Grown {n}", document__must_read="trained")
    document.readings.create(reviewer=world.reviewer, read_on=TODAY, how="online")
    older = make.DocumentVersionFactory(
        document=world.document, number=n + 10, what_changed="Words"
    )
    older.readings.create(reviewer=world.other.reviewer, read_on=TODAY, how="online")
