"""Why somebody waits for a first visit, what comes next, and who is stuck."""

from datetime import timedelta
from typing import Any

import pytest

from organisation.queries import trust_settings
from reviews.first_visits import operations, queries
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.on_home import first_visits
from reviews.first_visits.standing import Reason, standings
from reviews.models import TeamMember
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reviews.test_first_visits import on_a_visit, said

pytestmark = pytest.mark.django_db
Wish = FirstVisit.Wish


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def ready(trust: Any) -> Any:
    return make.ReadyReviewerFactory(first_name="Cal")


def reason(person: Any, user: Any) -> tuple[Reason, str]:
    found = queries.get_person(user, person.pk)
    standing = standings([found], now=NOW, trust=trust_settings())[person.pk]
    return standing.reason, standing.when


class TestReason:
    def test_never_asked(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory()
        assert reason(ready, coordinator) == (Reason.NEVER_ASKED, "trained on 22 November 2025")

    def test_no_visit_fits(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory(service=make.ServiceFactory(setting="prison"))
        assert reason(ready, coordinator)[0] == Reason.NO_MATCH

    def test_who_asked_to_begin_anywhere_may_begin_at_a_secure_service(
        self, coordinator: Any
    ) -> None:
        person = make.ReadyReviewerFactory(first_visit_anywhere=True)
        make.ReviewFactory(service=make.ServiceFactory(setting="secure"))
        assert reason(person, coordinator)[0] == Reason.NEVER_ASKED

    def test_with_the_checks_team(self, coordinator: Any) -> None:
        person = make.ReviewerFactory(stage_since=TODAY - timedelta(days=3))
        make.PlaceFactory(reviewer=person, outcome="attended")
        make.ReviewFactory()
        assert reason(person, coordinator) == (Reason.CHECKS, "since 7 June 2026")

    def test_said_not_now_until_the_day_comes(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory()
        said(ready, Wish.NOT_NOW, coordinator, TODAY + timedelta(days=10))
        assert reason(ready, coordinator) == (Reason.NOT_NOW, "until 20 June 2026")
        FirstVisit.objects.update(not_before=TODAY)
        assert reason(ready, coordinator)[0] == Reason.NEVER_ASKED

    def test_wants_more_confidence_until_there_is_a_buddy(
        self, coordinator: Any, ready: Any
    ) -> None:
        make.ReviewFactory()
        said(ready, Wish.BUDDY, coordinator)
        assert reason(ready, coordinator) == (Reason.CONFIDENCE, "since 10 June 2026")
        operations.name_buddy(
            reviewer=ready, buddy=None, staff_buddy=make.StaffFactory(), by=coordinator, now=NOW
        )
        assert reason(ready, coordinator)[0] == Reason.NEVER_ASKED

    def test_who_wants_to_watch_first_until_they_have(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory()
        said(ready, Wish.SHADOW, coordinator)
        assert reason(ready, coordinator)[0] == Reason.CONFIDENCE
        on_a_visit(ready, role="shadow")
        assert reason(ready, coordinator)[0] == Reason.NOTHING_PLANNED

    def test_who_said_no_before_is_told_to_nobody(self, coordinator: Any, ready: Any) -> None:
        review = make.ReviewFactory()
        make.LXROnTeamFactory(review=review, reviewer=ready, response="declined")
        assert reason(ready, coordinator) == (
            Reason.NOTHING_PLANNED, "trained on 22 November 2025",
        )  # fmt: skip

    def test_asked_and_no_answer_yet(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory()
        operations.ask_gently(reviewer=ready, by=coordinator, now=NOW)
        assert reason(ready, coordinator) == (Reason.NO_ANSWER, "since 10 June 2026")
        FirstVisit.objects.update(asked_at=NOW - timedelta(days=1))
        said(ready, Wish.READY, coordinator)
        assert reason(ready, coordinator)[0] == Reason.NEVER_ASKED
        FirstVisit.objects.update(asked_at=NOW + timedelta(hours=1))  # asked again
        assert reason(ready, coordinator)[0] == Reason.NO_ANSWER

    def test_who_stands_by_has_no_visit_yet(self, coordinator: Any, ready: Any) -> None:
        make.LXROnTeamFactory(
            review=make.ReviewFactory(), reviewer=ready, role="reserve", response="accepted"
        )
        assert reason(ready, coordinator)[0] != Reason.COMING
        assert ready in queries.without_visit(coordinator, TODAY)
        assert ready in queries.to_help(coordinator, TODAY)

    def test_takes_a_break(self, coordinator: Any) -> None:
        person = make.ReadyReviewerFactory(stage="paused")
        assert reason(person, coordinator) == (Reason.BREAK, "")

    def test_has_a_visit_to_come(self, coordinator: Any, ready: Any) -> None:
        review = make.ReviewFactory()
        operations.offer_to_watch(review=review, reviewer=ready, by=coordinator, now=NOW)
        assert reason(ready, coordinator)[0] == Reason.ASKED
        TeamMember.objects.filter(reviewer=ready).update(response="accepted", answer_by=None)
        assert reason(ready, coordinator) == (
            Reason.COMING, "on 8 July 2026, to watch and learn",
        )  # fmt: skip


def stuck(person: Any, user: Any) -> Any:
    found = queries.get_person(user, person.pk)
    return standings([found], now=NOW, trust=trust_settings())[person.pk].stuck_since


class TestStuck:
    def test_when_nothing_has_happened_for_a_month(self, coordinator: Any, ready: Any) -> None:
        make.ReviewFactory()
        trained_on = TODAY - timedelta(days=200)
        assert stuck(ready, coordinator) == trained_on
        FirstVisit.objects.create(reviewer=ready, asked_at=NOW - timedelta(days=29))
        assert stuck(ready, coordinator) is None
        FirstVisit.objects.update(asked_at=NOW - timedelta(days=30))
        assert stuck(ready, coordinator) == TODAY - timedelta(days=30)
        said(ready, Wish.TALK, coordinator)
        assert stuck(ready, coordinator) is None
        FirstVisit.objects.update(said_at=NOW - timedelta(days=40), asked_at=None)
        assert stuck(ready, coordinator) == TODAY - timedelta(days=40)
        make.LXROnTeamFactory(
            reviewer=ready, response="declined", invited_at=NOW - timedelta(days=31)
        )
        assert stuck(ready, coordinator) == TODAY - timedelta(days=31)

    def test_nobody_is_who_takes_a_break_said_not_now_or_has_a_visit(
        self, coordinator: Any, ready: Any
    ) -> None:
        paused = make.ReadyReviewerFactory(stage="paused")
        later = make.ReadyReviewerFactory()
        said(later, Wish.NOT_NOW, coordinator)
        FirstVisit.objects.update(said_at=NOW - timedelta(days=90))
        make.LXROnTeamFactory(
            reviewer=ready, response="accepted", invited_at=NOW - timedelta(days=50)
        )
        assert [stuck(each, coordinator) for each in (paused, later, ready)] == [None] * 3

    def test_longest_first_on_the_list_and_on_home(
        self, coordinator: Any, ready: Any, client_as: Any, time_machine: Any
    ) -> None:
        time_machine.move_to(NOW)
        make.ReviewFactory()
        longer = make.ReadyReviewerFactory(first_name="Dan", joined_on=TODAY)
        longer.places.get().session.delete()
        make.PlaceFactory(
            reviewer=longer, outcome="attended", session__held_on=TODAY - timedelta(days=300)
        )
        new = make.ReadyReviewerFactory(first_name="Eve")
        FirstVisit.objects.create(reviewer=new, asked_at=NOW)

        page = client_as(coordinator).get("/reviews/first-visits/").content.decode()
        home = first_visits(coordinator, NOW, 9)[0]

        assert page.index(str(longer)) < page.index(str(ready)) < page.index(str(new))
        assert page.count("Nothing has happened since") == 2
        assert [(each.person, bool(each.standing.stuck_since)) for each in home] == [
            (longer, True), (ready, True), (new, False),
        ]  # fmt: skip
        assert str(home[2].standing) == "Asked, no answer yet, since 10 June 2026"


def test_standings_cost_the_same_for_few_and_many(
    coordinator: Any, django_assert_num_queries: Any
) -> None:
    make.ReviewFactory.create_batch(3)

    def cost() -> None:
        found = list(queries.with_plans(queries.waiting(coordinator)))
        standings(found, now=NOW, trust=trust_settings())

    make.ReadyReviewerFactory.create_batch(2)
    with django_assert_num_queries(10):
        cost()
    make.ReadyReviewerFactory.create_batch(20)
    with django_assert_num_queries(10):
        cost()
