"""A change goes round once: plan, do, study, act; and leads to a new version."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from audit.models import Event
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.races import meeting_after, race
from tests.training.rounds import (
    AGREED,
    BEFORE,
    PLAN,
    acted,
    cycle,
    make_version,
    on_the_day,
    session,
    studied,
    tried,
    version,
)
from training.models import Course, CourseVersion, Cycle, CycleNote
from training.operations import cycles as operations
from training.queries import cycles as queries

pytestmark = pytest.mark.django_db
__all__ = ["cycle", "on_the_day", "session", "version"]


class TestRound:
    def test_a_change_goes_round_and_becomes_the_next_version(self, cycle, by, session, version):
        cycle = tried(cycle, by, session)
        assert cycle.stage == "doing"
        cycle = studied(cycle, by, **AGREED)
        assert cycle.stage == "studying"
        cycle = acted(cycle, by, "adopt")
        assert cycle.stage == "acted"

        made = make_version(cycle, by)

        assert (made.course, made.number, made.cycle) == (version.course, 2, cycle)
        events = Event.objects.filter(object_type="training.cycle").order_by("pk")
        assert [event.action for event in events] == [
            "planned a change to try",
            "wrote the do of a change",
            "wrote the study of a change",
            "wrote the act of a change",
        ]

    def test_making_the_version_again_is_the_one_that_is_there(self, cycle, by, session):
        cycle = acted(studied(tried(cycle, by, session), by), by, "adapt")
        assert make_version(cycle, by) == make_version(cycle, by)
        assert CourseVersion.objects.count() == 2

    def test_planning_the_same_again_is_the_one_that_is_there(self, cycle, by, version):
        again = operations.plan_cycle(
            title="Longer breaks",
            details={**PLAN, "course": version.course, "planned_on": BEFORE},
            staff=[make.StaffFactory()],
            lxrs=[],
            by=by,
            now=NOW,
        )
        assert again == cycle

    def test_what_changes_nothing_leaves_no_trace(self, cycle, by, session):
        cycle = tried(cycle, by, session)
        events = Event.objects.count()
        tried(cycle, by, session)
        operations.change_owners(
            cycle=cycle,
            title=cycle.title,
            staff=list(cycle.staff_owners.all()),
            lxrs=list(cycle.lxr_owners.all()),
            by=by,
            now=NOW,
        )
        assert Event.objects.count() == events

    def test_a_change_to_the_questions_needs_no_session_and_makes_no_course_version(self, by):
        cycle = operations.plan_cycle(
            title="Fewer questions",
            details={**PLAN, "course": None, "planned_on": TODAY},
            staff=[make.StaffFactory()],
            lxrs=[],
            by=by,
            now=NOW,
        )
        cycle = operations.record_do(
            cycle=cycle, sessions=[], what_happened="", done_on=TODAY, by=by, now=NOW
        )
        cycle = acted(studied(cycle, by), by, "adopt")

        assert cycle.about == "questions"
        with pytest.raises(RuleBroken, match="new set of questions"):
            make_version(cycle, by)


class TestRules:
    def test_a_plan_stays_once_it_is_tried(self, cycle, by, session):
        tried(cycle, by, session)
        details = {**PLAN, "prediction": "I knew it", "course": cycle.course, "planned_on": BEFORE}

        with pytest.raises(RuleBroken, match="stays as it was when you began"):
            operations.change_plan(cycle=cycle, details=details, by=by, now=NOW)

    def test_a_change_is_studied_once_it_was_tried(self, cycle, by, version):
        with pytest.raises(RuleBroken, match="Write down first how you tried"):
            studied(cycle, by)
        coming = make.SessionFactory(version=version, held_on=TODAY + timedelta(days=1))
        tried(cycle, by, coming)
        with pytest.raises(RuleBroken, match="has taken place yet"):
            studied(cycle, by)

    def test_a_change_is_tried_at_sessions_of_its_course(self, cycle, by):
        with pytest.raises(RuleBroken, match="Choose the sessions"):
            tried(cycle, by)
        with pytest.raises(RuleBroken, match="is not a session of"):
            tried(cycle, by, make.SessionFactory())

    @pytest.mark.parametrize("outcome", ["adopt", "adapt"])
    def test_what_was_not_studied_can_only_be_abandoned(self, cycle, by, outcome):
        with pytest.raises(RuleBroken, match="Study the change before you keep it"):
            acted(cycle, by, outcome)

        abandoned = acted(cycle, by, "abandon")

        assert abandoned.stage == "acted"
        with pytest.raises(RuleBroken, match="adopt or adapt"):
            make_version(abandoned, by)
        with pytest.raises(RuleBroken, match="decided about this change already"):
            acted(cycle, by, "abandon")

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"summary_agreed_by": 5}, "4 people came"),
            ({"summary_agreed_on": TODAY + timedelta(days=1)}, "today or earlier"),
            ({"summary_agreed_on": BEFORE - timedelta(days=1)}, "agreed after it"),
            ({"studied_on": TODAY + timedelta(days=1)}, "today or an earlier day"),
            ({"studied_on": BEFORE - timedelta(days=1)}, "step before was on"),
        ],
    )
    def test_a_summary_is_what_those_who_came_agreed(self, cycle, by, session, given, refusal):
        tried(cycle, by, session)
        with pytest.raises(RuleBroken, match=refusal):
            studied(cycle, by, **AGREED | given)

    def test_a_summary_is_agreed_once_it_is_recorded_who_came(self, cycle, by, version):
        tried(cycle, by, make.SessionFactory(version=version, held_on=BEFORE))

        with pytest.raises(RuleBroken, match="Record first who came to these sessions"):
            studied(cycle, by, **AGREED)

        assert studied(cycle, by).stage == "studying"

    def test_a_summary_about_the_questions_is_agreed_by_whoever_was_asked(self, by):
        cycle = make.CycleFactory(course=None, about="questions", stage="doing", done_on=BEFORE)

        assert studied(cycle, by, **AGREED).summary_agreed_by == 2

    def test_somebody_leads_it(self, cycle, by):
        with pytest.raises(RuleBroken, match="Say who leads"):
            operations.change_owners(cycle=cycle, title="X", staff=[], lxrs=[], by=by, now=NOW)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Two make the new version at the same moment, in other words."""

    @pytest.fixture
    def adopted(self):
        return make.CycleFactory(
            stage="acted",
            planned_on=BEFORE,
            done_on=BEFORE,
            studied_on=BEFORE,
            acted_on=BEFORE,
            outcome="adopt",
            decision="Yes",
        )

    def both(self, cycle, by, operation, *, patience):
        def making(what):
            return lambda: operation(cycle=cycle, made_on=TODAY, what=what, why="", by=by, now=NOW)

        with meeting_after("training.operations.cycles._made", patience=patience):
            return race(making("Longer breaks"), making("More breaks"))

    def test_one_version_is_made(self, adopted, by):
        made = self.both(adopted, by, operations.make_version, patience=0.3)

        assert len({version.pk for version in made}) == 1
        assert CourseVersion.objects.count() == 1

    def test_without_the_lock_both_would_make_one(self, adopted, by):
        unlocked = operations.make_version.__wrapped__

        with patch.object(operations, "_locked", lambda cycle: Cycle.objects.get(pk=cycle.pk)):
            made = self.both(adopted, by, unlocked, patience=10)

        assert sorted(type(each).__name__ for each in made) == ["CourseVersion", "IntegrityError"]
        assert CourseVersion.objects.count() == 2


class TestPages:
    def test_a_form_that_cannot_be_used_now_leads_back_with_the_reason(self, cycle, client_as):
        page = (
            client_as("coordinator")
            .get(reverse("cycles:study", args=[cycle.pk]), follow=True)
            .content.decode()
        )
        assert "Write down first how you tried the change." in page

    def test_a_summary_without_its_day_and_number_is_a_form_error(
        self, cycle, by, session, client_as
    ):
        tried(cycle, by, session)
        page = (
            client_as("coordinator")
            .post(
                reverse("cycles:study", args=[cycle.pk]),
                {"learnt": "x", "summary": "We agree", "studied_on": str(TODAY)},
            )
            .content.decode()
        )
        assert "Enter the day on which they agreed to it" in page
        assert "Enter how many of them agreed to it" in page
        assert Cycle.objects.get().learnt == ""

    def test_owners_are_named_and_who_is_nobody_is_said(self, cycle, client_as):
        page = (
            client_as("coordinator")
            .post(
                reverse("cycles:owners", args=[cycle.pk]),
                {"title": "X", "staff": "No One", "lxrs": "LXR-NOBODY"},
            )
            .content.decode()
        )
        assert "There is nobody on the staff list called No One." in page
        assert "There is nobody with the reference LXR-NOBODY." in page

    def test_an_lxr_reads_the_changes_they_lead_and_no_other(self, cycle, client_as):
        mine = client_as(cycle.lxr_owners.get().user)
        address = reverse("own-cycles:detail", args=[cycle.pk])
        assert "Less tired" in mine.get(address).content.decode()
        assert cycle.title in mine.get(reverse("own-cycles:list")).content.decode()

        other = client_as(make.ReviewerFactory().user)
        assert other.get(address).status_code == 404
        assert cycle.title not in other.get(reverse("own-cycles:list")).content.decode()
        assert other.post(address, {"words": "Hello"}).status_code == 404
        assert not CycleNote.objects.exists()

    def test_an_lxr_who_leads_a_change_writes_a_note_once_and_staff_read_it(self, cycle, client_as):
        person = cycle.lxr_owners.get()
        mine = client_as(person.user)
        address = reverse("own-cycles:detail", args=[cycle.pk])
        for words in ("", "Shorter <talks>", " Shorter <talks> "):
            page = mine.post(address, {"words": words}, follow=True).text

        note = CycleNote.objects.get()
        assert (note.reviewer, note.words, note.written_at) == (person, "Shorter <talks>", NOW)
        event = Event.objects.get(action="wrote a note about a change")
        assert (event.person_id, event.object_id) == (person.pk, str(note.pk))
        staff = client_as("coordinator").get(reverse("cycles:detail", args=[cycle.pk])).text
        for told in (page, staff):
            assert f"{person}, 10 June 2026" in told
            assert "Shorter &lt;talks&gt;" in told

    def test_who_leads_it_no_more_writes_no_note(self, cycle, by):
        person = cycle.lxr_owners.get()
        cycle.lxr_owners.clear()

        with pytest.raises(RuleBroken, match="You do not help to lead this change any more"):
            operations.add_note(cycle=cycle, reviewer=person, words="Hello", by=by, now=NOW)

    def test_the_board_has_a_column_for_each_step(self, cycle):
        make.CycleFactory(course=Course.objects.get(), stage="doing", done_on=TODAY)
        columns = queries.board()
        assert [(column.stage, len(column.cycles)) for column in columns] == [
            ("planned", 1), ("doing", 1), ("studying", 0), ("acted", 0),
        ]  # fmt: skip
