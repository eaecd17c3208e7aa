"""The gap board: which coming reviews have no LXR, how hard each is, and asking the next people."""

from datetime import timedelta
from typing import Any

import pytest

from organisation.queries import trust_settings
from reviews.eligibility import Visit
from reviews.gaps import queries
from reviews.gaps.queries import Counted, Gap, count_people, gaps, ranked
from reviews.models import Review, TeamMember
from reviews.queries import candidates_for
from reviews.queries.loaded import loaded_visits
from reviews.waves.operations import Asked, ask_next
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


def been(**fields: Any) -> Any:
    """Somebody ready who has been on a visit, and so may be the only LXR."""
    person = make.ReadyReviewerFactory(**fields)
    make.LXROnTeamFactory(
        review=make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=90)),
        reviewer=person, response="accepted", attended=True,
    )  # fmt: skip
    return person


def board(user: Any, days: int = 120) -> list[Gap]:
    return gaps(user, TODAY, ranked(user, TODAY, trust_settings(), days=days))


def asking(review: Review, by: Any, how_many: int = 1, waiting: int = 0) -> Asked:
    return ask_next(review=review, how_many=how_many, waiting=waiting, by=by, now=NOW)


class TestBoard:
    def test_reviews_of_the_next_120_days_without_a_yes(self, coordinator: Any) -> None:
        wanted = [make.ReviewFactory(visit_on=TODAY + timedelta(days=n)) for n in (0, 120)]
        later = make.ReviewFactory(visit_on=TODAY + timedelta(days=121))
        make.ReviewFactory(status="cancelled")
        covered = make.ReviewFactory()
        make.LXROnTeamFactory(review=covered, response="accepted")
        assert [gap.review for gap in board(coordinator)] == wanted
        assert [gap.days_left for gap in board(coordinator)] == [0, 120]
        assert [gap.review for gap in board(coordinator, days=365)] == [*wanted, later]

    def test_nobody_is_asked_where_the_service_is_closed_by_then(
        self, coordinator: Any, client: Any, time_machine: Any
    ) -> None:
        time_machine.move_to(NOW, tick=False)
        visit = make.ReviewFactory(visit_on=TODAY + timedelta(days=20))
        been()
        visit.service.closed_on = visit.visit_on + timedelta(days=1)
        visit.service.save()
        assert [(gap.ready, gap.to_ask) for gap in board(coordinator)] == [(1, 1)]
        visit.service.closed_on = visit.visit_on
        visit.service.save()
        assert [(gap.is_closed, gap.to_ask) for gap in board(coordinator)] == [(True, 0)]
        assert asking(visit, coordinator).why_not.endswith("earlier day, or call it off.")
        client.force_login(coordinator)
        page = client.get("/reviews/gaps/").content.decode()
        assert "The service is closed by then." in page
        assert "Ask the next" not in page

    def test_a_shadow_does_not_close_a_gap(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        make.LXROnTeamFactory(review=review, role="shadow", response="accepted")
        assert [gap.review for gap in board(coordinator)] == [review]

    def test_hardest_first_with_numbers(self, coordinator: Any) -> None:
        been()
        make.ReadyReviewerFactory()  # never been: not alone, so one step away
        make.ReadyReviewerFactory(stage="paused")
        easy = make.ReviewFactory(visit_on=TODAY + timedelta(days=7))
        hard = make.ReviewFactory(
            visit_on=TODAY + timedelta(days=70),
            service=make.ServiceFactory(site=make.SiteFactory(asks="vetting")),
        )
        first, second = board(coordinator)
        assert (first.review, first.ready, first.one_away) == (hard, 0, 1)
        assert (second.review, second.ready, second.one_away) == (easy, 1, 1)

    def test_who_was_asked_or_said_no_counts_there_alone(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        for response in ("invited", "declined", "withdrawn"):
            make.LXROnTeamFactory(review=review, reviewer=been(), response=response)
        [gap] = board(coordinator)
        assert (gap.ready, gap.asked, gap.to_ask) == (0, 1, 0)
        assert (gap.declined, gap.withdrew, gap.silent) == (1, 1, 0)

    def test_who_gave_no_answer_or_was_not_needed_may_be_asked(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        make.LXROnTeamFactory(review=review, reviewer=been(), response="expired")
        make.LXROnTeamFactory(
            review=review, reviewer=been(), response="withdrawn", taken_back="filled"
        )
        [gap] = board(coordinator)
        assert (gap.ready, gap.asked, gap.declined, gap.withdrew) == (2, 0, 0, 0)
        assert (gap.silent, gap.to_ask) == (1, 2)

    def test_a_no_to_an_earlier_day_is_none_to_this_one(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        make.LXROnTeamFactory(
            review=review,
            reviewer=been(),
            response="declined",
            asked_for=review.visit_on - timedelta(days=7),
        )
        [gap] = board(coordinator)
        assert (gap.ready, gap.declined) == (1, 0)

    def test_numbers_follow_what_happens(self, coordinator: Any) -> None:
        person = been()
        review = make.ReviewFactory()
        assert board(coordinator)[0].ready == 1
        asking(review, coordinator, how_many=1)
        [gap] = board(coordinator)
        assert (gap.ready, gap.asked) == (0, 1)
        assert TeamMember.objects.get(review=review).reviewer == person

    def test_counts_agree_with_the_review_s_own_page(self, coordinator: Any) -> None:
        for fields in ({}, {"stage": "training"}, {"first_visit_anywhere": True}):
            make.ReadyReviewerFactory(**fields)
            been(**fields)
        make.ReviewerFactory()
        make.ReviewFactory()
        make.ReviewFactory(service=make.ServiceFactory(setting="prison"))
        trust = trust_settings()
        visits = loaded_visits(Review.objects.coming(), trust)
        for visit, counted in zip(visits, count_people(visits), strict=True):
            found = candidates_for(Visit(visit.review, trust))
            assert counted == Counted(len(found.ready), len(found.one_away))

    def test_the_hardest_of_all_come_first_however_many_are_asked_about_at_once(
        self, coordinator: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(queries, "AT_ONCE", 2)
        been(available_weekdays=1)  # Mondays
        reviews = [make.ReviewFactory(visit_on=TODAY + timedelta(days=n)) for n in range(10)]
        hard = [each for each in reviews if each.visit_on.weekday()]
        easy = [each for each in reviews if not each.visit_on.weekday()]
        assert easy
        assert [gap.review for gap in board(coordinator)] == [*hard, *easy]

    def test_queries_grow_with_nothing(
        self, coordinator: Any, django_assert_num_queries: Any
    ) -> None:
        for more in (2, 15):
            make.ReviewFactory.create_batch(more)
            for _ in range(more):
                been()
            with django_assert_num_queries(29):
                board(coordinator)

    def test_gate_list(self, coordinator: Any) -> None:
        site = make.SiteFactory(notice_days=14)
        for days in (13, 14):
            make.ReviewFactory(
                visit_on=TODAY + timedelta(days=days), service=make.ServiceFactory(site=site)
            )
        assert [gap.gate_list_is_closed for gap in board(coordinator)] == [True, False]


class TestAskNext:
    def test_people_are_asked_in_their_order(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        first, new = been(), make.ReadyReviewerFactory()
        asked = asking(review, coordinator, how_many=2)
        # Somebody new may come as soon as somebody else does.
        assert (asked.people, asked.why_not) == ([first, new], "")

    def test_it_says_when_nobody_is_left(self, coordinator: Any) -> None:
        review, person = make.ReviewFactory(), been()
        asked = asking(review, coordinator, how_many=3)
        assert (asked.people, asked.why_not) == ([person], "Nobody else is ready to go.")

    def test_who_said_no_is_not_asked_again(self, coordinator: Any) -> None:
        review = make.ReviewFactory()
        make.LXROnTeamFactory(review=review, reviewer=been(), response="declined")
        asked = asking(review, coordinator, how_many=1)
        assert asked.people == []

    def test_a_visit_that_has_begun_is_refused(self, coordinator: Any) -> None:
        been()
        review = make.ReviewFactory(visit_on=TODAY - timedelta(days=1))
        asked = asking(review, coordinator, how_many=1)
        assert (asked.people, asked.why_not) == ([], "This visit has begun or is over.")

    def test_pressing_twice_asks_once(self, coordinator: Any) -> None:
        review, people = make.ReviewFactory(lxrs_wanted=3), [been() for _ in range(3)]
        assert asking(review, coordinator).people == [people[0]]
        assert asking(review, coordinator) == Asked(
            [], "Somebody was asked to this visit a moment ago. See who before you ask more."
        )
        assert asking(review, coordinator, waiting=1).people == [people[1]]

    def test_one_press_on_the_board(self, coordinator: Any, client_as: Any) -> None:
        review, person = make.ReviewFactory(visit_on=TODAY + timedelta(days=400)), been()
        client, address = client_as(coordinator), f"/reviews/gaps/{review.pk}/ask/"
        sent = {"how_many": "1", "waiting": "0", "days": "365", "secure": "2"}
        answer = client.post(address, sent)
        assert answer.url == "/reviews/gaps/?days=365&secure=2&others=1"
        words = f"{person} has been asked to come to {review.service}. They have until "
        assert words in client.get(answer.url).content.decode()
        assert client.post(address, sent | {"how_many": "6"}).status_code == 404
