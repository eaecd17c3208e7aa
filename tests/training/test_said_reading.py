"""Reading what attendees say: by five people at least, and in groups that never change."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.training.test_operations import details, led_by
from tests.training.test_said import FORM, answered, came, phone
from training.models import Place, Session
from training.operations import attendance, sessions
from training.operations import said as operations
from training.queries import said as queries
from training.said_links import secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def coordinator():
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def session(trust):
    return make.SessionFactory(held_on=TODAY, code="W1", version=make.CourseVersionFactory())


@pytest.fixture
def link(session, coordinator):
    return operations.open_form(session=session, by=coordinator, now=NOW)


def another(session):
    return make.SessionFactory(held_on=TODAY, version=session.version)


def closed(session, by, attended=0):
    """Its form is opened, that many are recorded as there, and it is closed."""
    came(session, attended)
    operations.open_form(session=session, by=by, now=NOW)
    operations.close_form(session=session, by=by, now=NOW)


def read(session):
    return queries.said_of_session(queries.get_session(session.pk))


def ratings(group):
    return {name: (each.mean, each.answers) for name, each in group.ratings.items()}


class TestReading:
    def test_nothing_is_read_while_the_form_is_open(self, session, link):
        answered(session, 6)
        came(session, 6)
        assert queries.said_of_session(session) is None
        operations.close_old_forms(now=NOW + timedelta(days=14))
        assert read(session) is None

        assert operations.close_old_forms(now=NOW + timedelta(days=15)) == 1
        assert operations.close_old_forms(now=NOW + timedelta(days=15)) == 0
        assert ratings(read(session)) == {"support": (8, 6), "pace": (6, 6), "usefulness": (9, 6)}
        [event] = Event.objects.filter(action="closed a feedback form")
        assert event.actor_id is None

    @pytest.mark.parametrize(
        ("answers", "attended", "is_read"),
        [
            (5, 5, True),
            (5, 9, True),
            (4, 9, False),
            (9, 4, False),  # one of four has the link on two phones
            (6, 5, False),  # somebody sent two, or was not there
            (6, 1, False),
        ],
    )
    def test_from_five_answers_by_five_people(
        self, client_as, session, link, coordinator, answers, attended, is_read
    ):
        answered(session, answers, comment="Longer breaks please")
        came(session, attended)
        operations.close_form(session=session, by=coordinator, now=NOW)

        page = (
            client_as("coordinator")
            .get(reverse("session-feedback:session", args=[session.pk]))
            .content.decode()
        )

        assert ("Longer breaks please" in page) == is_read
        assert ("8.00" in page) == is_read
        assert (f"We have {answers} answers" in page) == is_read

    def test_a_question_that_fewer_than_five_rated_has_no_mean(self, session):
        answered(session, 4)
        answered(session, 2, pace=None)
        make.ReadFormFactory(session=session)

        assert ratings(read(session)) == {"support": (8, 6), "usefulness": (9, 6)}

    def test_small_sessions_of_a_version_are_read_together(self, session, coordinator):
        other = make.SessionFactory(held_on=TODAY, code="W2", version=session.version)
        answered(session, 3, support=10)
        answered(other, 2, support=5)
        closed(session, coordinator, attended=3)
        assert read(session) is None

        closed(other, coordinator, attended=9)

        group = read(session)
        assert group.codes == ["W1", "W2"]
        assert ratings(group)["support"] == (8, 5)
        assert read(other) == group

    def test_together_they_are_five_people_too(self, session, coordinator):
        """Three people who came twice and answered often are three people."""
        people = make.ReviewerFactory.create_batch(3)
        for each in (session, another(session)):
            answered(each, 5)
            for person in people:
                make.PlaceFactory(session=each, reviewer=person, outcome="attended")
            closed(each, coordinator)
            assert read(each) is None

        more = answered(another(session), 2)[0].session
        closed(more, coordinator, attended=2)

        assert read(session).answers == 12

    def test_more_answers_than_people_are_never_read_alone(self, session, coordinator):
        answered(session, 8, comment="Mine")
        closed(session, coordinator, attended=6)
        assert read(session) is None

        small = another(session)
        answered(small, 1)
        closed(small, coordinator, attended=1)

        assert read(session).sessions == [session.pk, small.pk]

    def test_sessions_without_a_version_or_of_another_are_not_read_together(
        self, session, coordinator
    ):
        unknown = [make.SessionFactory(held_on=TODAY) for _ in range(2)]
        later = make.CourseVersionFactory(course=session.version.course, number=2)
        for each in (*unknown, session, make.SessionFactory(held_on=TODAY, version=later)):
            answered(each, 4)
            closed(each, coordinator, attended=4)
            assert read(each) is None

    def test_a_cancelled_session_counts_nowhere(self, session, coordinator, link):
        answered(session, 4)
        sessions.cancel_session(session=session, why="Snow", by=coordinator, now=NOW)
        operations.close_old_forms(now=NOW + timedelta(days=15))
        small = another(session)
        answered(small, 4)
        closed(small, coordinator, attended=4)

        assert read(small) is None


class TestAGroupNeverChanges:
    """What could be read on two days would tell, by the difference, what few people said."""

    @pytest.fixture
    def group(self, session, coordinator):
        """Two small sessions, read together."""
        small = another(session)
        for each, number in ((session, 3), (small, 2)):
            answered(each, number)
            closed(each, coordinator, attended=number)
        return read(session)

    def test_a_later_small_session_waits(self, session, group, coordinator):
        small = another(session)
        answered(small, 4, support=1)
        closed(small, coordinator, attended=4)

        assert queries.said_of_versions([session.version]) == {session.version_id: [group]}
        assert read(small) is None

    def test_who_came_is_corrected(self, session, group, coordinator):
        for _ in range(9):
            attendance.add_walk_in(
                session=session, reviewer=make.ReviewerFactory(), why="x", by=coordinator, now=NOW
            )

        assert read(session) == group

    def test_what_was_delivered_stays_once_somebody_has_answered(self, session, link, coordinator):
        answered(session, 1)
        later = make.CourseVersionFactory(course=session.version.course, number=2)

        with pytest.raises(RuleBroken, match="So what was delivered stays as it is"):
            sessions.say_version(session=session, version=later, by=coordinator, now=NOW)
        with pytest.raises(RuleBroken, match="So what was delivered stays as it is"):
            sessions.change_session(
                session=session, details=details(version=later, code="W1", held_on=TODAY),
                facilitators=led_by(), by=coordinator, now=NOW,
            )  # fmt: skip

    def test_a_form_that_was_closed_does_not_open_when_its_session_moves(
        self, session, link, coordinator
    ):
        secret = secret_of(link)
        later = NOW + timedelta(days=15)
        operations.close_old_forms(now=later)
        sessions.change_session(
            session=session,
            details=details(version=session.version, code="W1", held_on=later.date()),
            facilitators=led_by(), by=coordinator, now=later,
        )  # fmt: skip

        assert phone(secret).get(FORM).status_code == 404
        with pytest.raises(RuleBroken, match="so it stays closed"):
            operations.open_form(session=session, by=coordinator, now=later)

    def test_a_session_that_was_read_with_others_is_not_called_off(self, group, coordinator):
        Place.objects.all().delete()
        for pk in group.sessions:
            with pytest.raises(RuleBroken, match="has been read, so it took place"):
                sessions.cancel_session(
                    session=Session.objects.get(pk=pk), why="x", by=coordinator, now=NOW
                )


class TestDecidingAgain:
    """What could not be read may be, once more is known; nothing that was read changes by it."""

    def test_once_it_is_known_who_came(self, session, link, coordinator):
        answered(session, 5)
        operations.close_old_forms(now=NOW + timedelta(days=15))
        assert read(session) is None
        places = make.PlaceFactory.create_batch(5, session=session)

        attendance.record_attendance(
            session=session,
            marks={place.pk: attendance.Mark("", came=True) for place in places},
            by=coordinator,
            now=NOW,
        )

        assert read(session).answers == 5

    def test_once_it_is_known_what_was_delivered(self, session, coordinator):
        unknown = make.SessionFactory(held_on=TODAY)
        for each in (session, unknown):
            answered(each, 3)
            closed(each, coordinator, attended=3)
        assert read(unknown) is None

        sessions.say_version(session=unknown, version=session.version, by=coordinator, now=NOW)

        assert read(unknown).sessions == [session.pk, unknown.pk]


class TestClosing:
    def test_it_is_known_first_who_came(self, client_as, session, link, coordinator):
        client = client_as(coordinator)
        address = reverse("session-feedback:close", args=[session.pk])
        asks = client.get(address).content.decode()
        assert "Record first who came." in asks
        assert "Record first who came." in client.post(address, follow=True).content.decode()
        link.refresh_from_db()
        assert link.closed_at is None

        came(session, 4)
        says = client.get(address).content.decode()
        client.post(address)

        assert "4 people are recorded as there. That is fewer than 5" in says
        link.refresh_from_db()
        assert (link.closed_at, link.attended, link.read_with) == (NOW, 4, None)

    def test_nobody_is_asked_once_it_is_late(self, client_as, session, time_machine):
        time_machine.move_to(NOW + timedelta(days=15), tick=False)
        address = reverse("session-feedback:session", args=[session.pk])
        assert "Nobody was asked." in client_as("coordinator").get(address).content.decode()
