"""From trained to a first visit: who waits, why, and what can be done for it."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from insights.people import count_people
from notifications.models import Message
from notifications.registry import KINDS
from reviews import operations as teams
from reviews.first_visits import operations, queries
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.on_home import first_visits
from reviews.first_visits.words import GENTLE_ASK
from reviews.models import Review, TeamMember
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
Wish, How = FirstVisit.Wish, FirstVisit.How


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def ready(trust: Any) -> Any:
    return make.ReadyReviewerFactory(first_name="Cal")


def names(user: Any) -> list[str]:
    return [person.first_name for person in queries.waiting(user).order_by("pk")]


def said(person: Any, wish: Any, by: Any, not_before: Any = None) -> FirstVisit:
    return operations.say(
        reviewer=person, wish=wish, not_before=not_before, how=How.PHONE, by=by, now=NOW
    )


def on_a_visit(person: Any, *, role: str = "lxr", days_ago: int = 5) -> TeamMember:
    review = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=days_ago))
    made: TeamMember = make.LXROnTeamFactory(
        review=review, reviewer=person, role=role, response="accepted", attended=True
    )
    return made


class TestWhoWaits:
    def test_trained_people_without_a_visit_since(self, coordinator: Any, ready: Any) -> None:
        make.ReviewerFactory(first_name="Untrained")
        make.ReadyReviewerFactory(first_name="Gone", stage="left")
        on_a_visit(make.ReadyReviewerFactory(first_name="Been"))
        on_a_visit(make.ReadyReviewerFactory(first_name="Before"), days_ago=300)
        on_a_visit(make.ReadyReviewerFactory(first_name="Watched"), role="shadow")
        assert names(coordinator) == ["Cal", "Before", "Watched"]

    def test_list_and_activation_agree(self, coordinator: Any, ready: Any) -> None:
        on_a_visit(make.ReadyReviewerFactory())
        on_a_visit(make.ReadyReviewerFactory(), role="shadow")
        found = count_people(TODAY)
        assert found.trained - found.been_on_review == queries.waiting(coordinator).count() == 2

    def test_nobody_sees_the_list_without_the_right(self, ready: Any) -> None:
        assert not queries.waiting(make.UserFactory(roles=["observer"])).exists()

    def test_who_can_be_helped_now(self, coordinator: Any, ready: Any) -> None:
        make.ReadyReviewerFactory(stage="paused")
        coming = make.ReadyReviewerFactory()
        make.LXROnTeamFactory(review=make.ReviewFactory(), reviewer=coming)
        later, free = make.ReadyReviewerFactory(), make.ReadyReviewerFactory()
        said(later, Wish.NOT_NOW, coordinator, TODAY + timedelta(days=1))
        said(free, Wish.NOT_NOW, coordinator, TODAY + timedelta(days=1))
        FirstVisit.objects.filter(reviewer=free).update(not_before=TODAY)
        found = queries.to_help(coordinator, TODAY).order_by("pk")
        assert list(found) == [ready, free]
        assert [each.person for each in first_visits(coordinator, NOW, 9)[0]] == [ready, free]
        said(ready, Wish.NOT_NOW, coordinator)  # kept until something happens
        assert [each.person for each in first_visits(coordinator, NOW, 9)[0]] == [free]

    def test_who_says_yes_to_a_visit_leaves_the_list(self, coordinator: Any, ready: Any) -> None:
        review = make.ReviewFactory(lxrs_wanted=2)
        make.LXROnTeamFactory(review=review, response="accepted")
        member = make.LXROnTeamFactory(review=review, reviewer=ready)
        assert list(queries.without_visit(coordinator, TODAY)) != []
        assert ready in queries.without_visit(coordinator, TODAY)
        teams.answer(member=member, answer="accepted", how="phone", by=coordinator, now=NOW)
        assert ready not in queries.without_visit(coordinator, TODAY)
        [found] = queries.with_visit(coordinator, TODAY).filter(pk=ready.pk)
        assert found.coming_on == review.visit_on
        teams.answer(member=member, answer="withdrawn", how="phone", by=coordinator, now=NOW)
        assert ready in queries.without_visit(coordinator, TODAY)
        assert ready not in queries.with_visit(coordinator, TODAY)


class TestGentleAsk:
    def test_person_is_asked_kindly_once_a_month(self, coordinator: Any, ready: Any) -> None:
        operations.ask_gently(reviewer=ready, by=coordinator, now=NOW)
        message = Message.objects.get(kind=GENTLE_ASK)
        assert message.subject == "Would you like to come on a visit with us?"
        assert "You do not need to give a reason." in message.body
        assert Event.objects.filter(action="asked about a first visit").count() == 1

        with pytest.raises(RuleBroken, match="asked Cal in the last 30 days"):
            operations.ask_gently(reviewer=ready, by=coordinator, now=NOW + timedelta(days=29))
        operations.ask_gently(reviewer=ready, by=coordinator, now=NOW + timedelta(days=30))
        assert Message.objects.filter(kind=GENTLE_ASK).count() == 2

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"stage": "paused"}, "is taking a break"),
            ({"stage": "left"}, "has left the programme"),
        ],
    )
    def test_it_leaves_people_in_peace(
        self, coordinator: Any, fields: dict[str, str], sentence: str
    ) -> None:
        person = make.ReadyReviewerFactory(**fields)
        with pytest.raises(RuleBroken, match=sentence):
            operations.ask_gently(reviewer=person, by=coordinator, now=NOW)
        assert not Message.objects.exists()

    def test_who_said_not_now_is_not_asked(self, coordinator: Any, ready: Any) -> None:
        said(ready, Wish.NOT_NOW, coordinator)
        with pytest.raises(RuleBroken, match="has said not now"):
            operations.ask_gently(reviewer=ready, by=coordinator, now=NOW)

    def test_several_are_asked_and_the_rest_is_explained(self, coordinator: Any) -> None:
        two = [make.ReadyReviewerFactory() for _ in range(2)]
        been = make.ReadyReviewerFactory(first_name="Bee")
        on_a_visit(been)
        asked, refused = operations.ask_several(reviewers=[*two, been], by=coordinator, now=NOW)
        assert (asked, refused) == (two, ["Bee has been on a visit."])

    def test_message_does_not_go_once_they_have_answered(
        self, coordinator: Any, ready: Any
    ) -> None:
        operations.ask_gently(reviewer=ready, by=coordinator, now=NOW)
        kind = KINDS[GENTLE_ASK]
        assert kind.still_true_of({ready.pk}, NOW) == {ready.pk}
        said(ready, Wish.READY, coordinator)
        FirstVisit.objects.update(said_at=NOW + timedelta(hours=1))
        assert kind.still_true_of({ready.pk}, NOW) == set()


class TestWatching:
    def test_who_watches_does_not_cover_the_review(self, coordinator: Any, ready: Any) -> None:
        review = make.ReviewFactory()
        member = operations.offer_to_watch(review=review, reviewer=ready, by=coordinator, now=NOW)
        assert (member.role, member.response) == ("shadow", "invited")
        assert "to watch and learn" in Message.objects.get(kind="visit-invitation").body
        teams.answer(member=member, answer="accepted", how="phone", by=coordinator, now=NOW)
        assert not Review.objects.filter(team__in=TeamMember.objects.lxrs()).exists()

    def test_rules_hold_for_watching_too(self, coordinator: Any, ready: Any) -> None:
        prison = make.ReviewFactory(service=make.ServiceFactory(setting="prison"))
        with pytest.raises(RuleBroken, match="a first visit is not to a service like this"):
            operations.offer_to_watch(review=prison, reviewer=ready, by=coordinator, now=NOW)

    def test_a_visit_that_moves_asks_them_to_watch_again(
        self, coordinator: Any, ready: Any
    ) -> None:
        review = make.ReviewFactory()
        operations.offer_to_watch(review=review, reviewer=ready, by=coordinator, now=NOW)
        to_day = review.visit_on + timedelta(days=1)
        teams.postpone(
            review=review, to_day=to_day, starts_at=None, ends_at=None, by=coordinator, now=NOW
        )
        assert TeamMember.objects.get(reviewer=ready).role == "shadow"


class TestTalk:
    def test_it_comes_after_the_first_visit(self, coordinator: Any, ready: Any) -> None:
        def talk(days: int) -> FirstVisit:
            return operations.record_debrief(
                reviewer=ready, held_on=TODAY + timedelta(days=days), agreed="Two a month",
                by=coordinator, now=NOW,
            )  # fmt: skip

        with pytest.raises(RuleBroken, match="no visit to talk about yet"):
            talk(0)
        on_a_visit(ready)
        assert [each.pk for each in queries.to_talk_to(coordinator)] == [ready.pk]
        with pytest.raises(RuleBroken, match="comes after the first visit"):
            talk(-6)
        with pytest.raises(RuleBroken, match="a day that has come"):
            talk(1)
        assert talk(0).debriefed_on == TODAY
        assert list(queries.to_talk_to(coordinator)) == []

    def test_it_is_listed_until_it_is_done_however_long_ago(
        self, coordinator: Any, ready: Any
    ) -> None:
        on_a_visit(ready, days_ago=150)
        on_a_visit(ready, days_ago=10)
        [found] = first_visits(coordinator, NOW, 9)[1]
        assert (found.person, found.been_on) == (ready, TODAY - timedelta(days=150))

    def test_it_is_left_out_with_a_reason(
        self, coordinator: Any, ready: Any, client_as: Any, time_machine: Any
    ) -> None:
        time_machine.move_to(NOW)
        never = make.ReadyReviewerFactory(first_name="Dan")
        on_a_visit(ready)
        client, address = client_as(coordinator), "/reviews/first-visits/talks/"
        assert "Say why there will be no talk" in client.post(address, {"person": [ready.pk]}).text

        page = client.post(
            address, {"person": [ready.pk, never.pk], "why": "Before the portal"}, follow=True
        ).text

        assert f"There will be no talk with {ready}." in page
        assert "There has been no visit to talk about yet." in page
        assert "Nobody waits for a talk" in page
        assert "There will be none: Before the portal" in client.get(
            f"/reviews/first-visits/{ready.pk}/"
        ).text  # fmt: skip
        operations.record_debrief(
            reviewer=ready, held_on=TODAY, agreed="", by=coordinator, now=NOW
        )  # after all
        assert FirstVisit.objects.get(reviewer=ready).no_debrief_why == ""
        with pytest.raises(RuleBroken, match="You have talked with Cal already"):
            operations.leave_out_debrief(reviewer=ready, why="x", by=coordinator, now=NOW)
