"""A buddy: asked and told, seen by both on their own pages, and no buddy once they are away."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from notifications.models import Message
from notifications.registry import KINDS
from organisation.queries import trust_settings
from reviewers.operations.stage import pause
from reviews import operations as teams
from reviews.first_visits import operations, queries
from reviews.first_visits.buddies import goes_with, notes_on
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.standing import Reason, standings
from reviews.first_visits.words import BUDDY, NO_BUDDY
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reviews.test_first_visits import on_a_visit, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def cal(trust: Any) -> Any:
    """Who waits for a first visit."""
    return make.ReadyReviewerFactory(first_name="Cal", last_name="Price")


@pytest.fixture
def ada(trust: Any) -> Any:
    """Who has been on visits."""
    person = make.ReadyReviewerFactory(first_name="Ada", last_name="Lane")
    on_a_visit(person)
    return person


def name(cal: Any, by: Any, buddy: Any = None, staff: Any = None, **more: Any) -> FirstVisit:
    return operations.name_buddy(
        reviewer=cal, buddy=buddy, staff_buddy=staff, by=by, now=NOW,
        **{"have_agreed": True, **more},
    )  # fmt: skip


def on_team(review: Any, person: Any, response: str = "accepted") -> Any:
    return make.LXROnTeamFactory(review=review, reviewer=person, response=response)


class TestNaming:
    def test_nobody_is_their_own(self, coordinator: Any, cal: Any) -> None:
        with pytest.raises(RuleBroken, match="nobody is their own buddy"):
            name(cal, coordinator, cal)

    def test_only_who_has_been_can_go_along(self, cal: Any, ada: Any) -> None:
        make.ReadyReviewerFactory()
        assert list(queries.buddies(cal)) == [ada]

    def test_both_agree_first(self, client_as: Any, coordinator: Any, cal: Any, ada: Any) -> None:
        client, address = client_as(coordinator), f"/reviews/first-visits/{cal.pk}/buddy/"
        refused = client.post(address, {"buddy": ada.pk}).text
        assert "Ask Cal and Ada first: each is told the other’s name." in refused
        assert not FirstVisit.objects.filter(buddy=ada).exists()

        client.post(address, {"buddy": ada.pk, "have_agreed": "on"})

        first = FirstVisit.objects.get()
        assert (first.buddy, first.buddy_agreed_on) == (ada, TODAY)

    def test_the_buddy_is_told_once(self, coordinator: Any, cal: Any, ada: Any) -> None:
        name(cal, coordinator, ada)
        name(cal, coordinator, ada)
        message = Message.objects.get()
        assert (message.kind, message.recipient_id) == (BUDDY, ada.pk)
        assert message.subject == "You are somebody’s buddy on a visit"
        assert "Cal Price has done our training" in message.body
        assert "What to do next" in message.body

    def test_who_was_named_before_without_a_word_is_asked_and_told(
        self, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        first = FirstVisit.objects.create(reviewer=cal, buddy=ada)
        assert first.goes_along == ""
        assert name(cal, coordinator, ada).goes_along == "Ada Lane"
        assert Message.objects.get().recipient_id == ada.pk

    def test_who_need_not_go_any_more_is_told(self, coordinator: Any, cal: Any, ada: Any) -> None:
        name(cal, coordinator, ada)
        name(cal, coordinator, staff=make.StaffFactory())
        told = Message.objects.get(kind=NO_BUDDY)
        assert told.recipient_id == ada.pk
        assert KINDS[BUDDY].holding({told.about_id}, NOW) == set()
        assert KINDS[NO_BUDDY].holding({told.about_id}, NOW) == {told.about_id}

    def test_no_message_during_a_break(self, coordinator: Any, cal: Any, ada: Any) -> None:
        first = name(cal, coordinator, ada)
        assert KINDS[BUDDY].holding({first.pk}, NOW) == {first.pk}
        pause(reviewer=ada, by=coordinator, now=NOW)
        assert KINDS[BUDDY].holding({first.pk}, NOW) == set()


class TestOwnPages:
    def test_the_buddy_sees_whom_they_go_with_until_the_first_visit_is_over(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        name(cal, coordinator, ada)
        client, address = client_as(ada.user), reverse("own-reviews:visits")
        page = client.get(address).text
        assert "You go with <strong>Cal Price</strong> on their first visit." in page
        assert "There is no visit for you both yet." in page

        review = make.ReviewFactory(service__name="Larch Ward", lxrs_wanted=2)
        on_team(review, cal, "invited")
        mine = on_team(review, ada)
        assert "You are both asked to Larch Ward" in client.get(address).text
        card = client.get(reverse("own-reviews:visit", args=[mine.pk])).text
        assert "Cal Price. It is their first visit" in card

        on_a_visit(cal, days_ago=1)
        assert goes_with(ada.user, today=TODAY) == []

    @pytest.mark.parametrize(
        ("response", "words"),
        [
            ("accepted", "Ada Lane, who comes too"),
            ("invited", "Ada Lane. We have asked them too"),
            ("declined", "Ada Lane, who is not on this visit."),
        ],
    )
    def test_the_card_names_the_buddy(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any, response: str, words: str
    ) -> None:
        name(cal, coordinator, ada)
        review = make.ReviewFactory(lxrs_wanted=2)
        member = on_team(review, cal, "invited")
        on_team(review, ada, response)
        page = client_as(cal.user).get(reverse("own-reviews:visit", args=[member.pk])).text
        assert words in page

    def test_somebody_of_the_staff_is_named_too(
        self, client_as: Any, coordinator: Any, cal: Any
    ) -> None:
        kim = make.StaffFactory(name="Kim Shaw")
        name(cal, coordinator, staff=kim, have_agreed=False)
        member = on_team(make.ReviewFactory(), cal, "invited")
        make.StaffOnTeamFactory(review=member.review, staff=kim, role="staff")
        page = client_as(cal.user).get(reverse("own-reviews:visit", args=[member.pk])).text
        assert "Kim Shaw, who comes too" in page

    def test_nobody_else_is_named(self, client_as: Any, coordinator: Any, cal: Any) -> None:
        """Not before both agreed, and not of a third person."""
        ada = make.ReadyReviewerFactory(first_name="Ada")
        FirstVisit.objects.create(reviewer=cal, buddy=ada)
        other = make.ReadyReviewerFactory()
        review = make.ReviewFactory(lxrs_wanted=3)
        members = [on_team(review, each) for each in (cal, ada, other)]
        for member in members:
            page = client_as(member.reviewer.user).get(
                reverse("own-reviews:visit", args=[member.pk])
            )  # fmt: skip
            assert "Your buddy" not in page.text
            assert "You go with" not in page.text


class TestStaffPages:
    def test_asking_says_whether_the_buddy_is_on_the_team(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        name(cal, coordinator, ada)
        review = make.ReviewFactory(lxrs_wanted=2)
        client, address = client_as(coordinator), reverse("reviews:detail", args=[review.pk])
        assert "Their buddy, Ada Lane, is not on this team yet." in client.get(address).text

        asked = client.post(
            reverse("reviews:invite", args=[review.pk]), {"reviewer": ada.pk}, follow=True
        ).text
        assert "Their buddy, Ada Lane, is on this team." in asked
        done = client.post(
            reverse("reviews:invite", args=[review.pk]), {"reviewer": cal.pk}, follow=True
        ).text
        assert "Cal Price has been asked to come. Their buddy, Ada Lane, is on this team." in done

    def test_visits_that_fit_say_it_too(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        name(cal, coordinator, ada)
        on_team(make.ReviewFactory(lxrs_wanted=2, visit_on=TODAY + timedelta(days=9)), ada)
        make.ReviewFactory(visit_on=TODAY + timedelta(days=12))
        page = client_as(coordinator).get(f"/reviews/first-visits/{cal.pk}/").text
        assert "Ada Lane is on this team" in page
        assert "Ada Lane is not on this team yet" in page

    def test_visits_to_come_show_who_goes_alone(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        name(cal, coordinator, ada)
        review = make.ReviewFactory(lxrs_wanted=2)
        on_team(review, cal)
        client, address = client_as(coordinator), reverse("reviews:first-visits-coming")
        assert "Not on this team yet" in client.get(address).text
        on_team(review, ada, "invited")
        assert "Comes too" in client.get(address).text

    def test_notes_cost_the_same_for_many(
        self, coordinator: Any, django_assert_num_queries: Any
    ) -> None:
        review = make.ReviewFactory()
        ids = []
        for _ in range(9):
            person = make.ReadyReviewerFactory()
            FirstVisit.objects.create(reviewer=person, staff_buddy=make.StaffFactory())
            ids.append(person.pk)
        for few in (1, 9):
            with django_assert_num_queries(2):
                notes_on(ids[:few], review)


class TestAway:
    @pytest.mark.parametrize("stage", ["paused", "left"])
    def test_a_buddy_who_is_away_is_none_and_it_is_stuck(
        self, client_as: Any, coordinator: Any, cal: Any, ada: Any, stage: str
    ) -> None:
        make.ReviewFactory()
        said(cal, FirstVisit.Wish.BUDDY, coordinator)
        name(cal, coordinator, ada)
        assert _standing(cal, coordinator).reason != Reason.CONFIDENCE

        type(ada).objects.filter(pk=ada.pk).update(stage=stage, stage_since=TODAY)

        standing = _standing(cal, coordinator)
        assert (standing.reason, standing.stuck_since) == (Reason.CONFIDENCE, TODAY)
        assert standing.next_step == (
            "Ada Lane cannot go along now. Name somebody else to go with Cal."
        )
        page = client_as(coordinator).get("/reviews/first-visits/").text
        assert "Cannot go along now" in page
        own = client_as(cal.user).get(reverse("own-reviews:first-visit")).text
        assert "will go with you" not in own

    def test_a_buddy_without_a_word_does_not_meet_the_wish(
        self, coordinator: Any, cal: Any, ada: Any
    ) -> None:
        said(cal, FirstVisit.Wish.BUDDY, coordinator)
        FirstVisit.objects.update(buddy=ada)
        standing = _standing(cal, coordinator)
        assert standing.reason == Reason.CONFIDENCE
        assert "if they agree to go together" in standing.next_step


def _standing(person: Any, user: Any) -> Any:
    found = queries.get_person(user, person.pk)
    return standings([found], now=NOW, trust=trust_settings())[person.pk]


def test_a_visit_is_accepted_with_the_buddy(coordinator: Any, cal: Any, ada: Any) -> None:
    name(cal, coordinator, ada)
    review = make.ReviewFactory(lxrs_wanted=2)
    on_team(review, ada)
    member = on_team(review, cal, "invited")
    teams.answer(member=member, answer="accepted", how="phone", by=coordinator, now=NOW)
    assert notes_on([cal.pk], review) == {cal.pk: "Their buddy, Ada Lane, is on this team."}
