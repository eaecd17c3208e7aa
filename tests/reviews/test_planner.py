"""The plan: who could go where, what speaks for them, and what would open the rest."""

from datetime import date, timedelta
from typing import Any

import pytest

from checks.models import SiteClearance
from organisation.queries import trust_settings
from reviewers.models import Exclusion, Experience, Reviewer
from reviews.eligibility import RULES
from reviews.models import Review, ReviewQuerySet
from reviews.planner.models import KeptProposal
from reviews.planner.plans import Gap, Plan, make_plan
from reviews.planner.queries import gap_rows_of, named_in
from reviews.planner.words import STEPS, what_opens
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def been(visits: int = 1, **fields: Any) -> Any:
    """Somebody ready who has been on visits, and so may be the only LXR."""
    person = make.ReadyReviewerFactory(**fields)
    for n in range(visits):
        make.LXROnTeamFactory(
            review=make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=90 + n)),
            reviewer=person, response="accepted", attended=True,
        )  # fmt: skip
    return person


def review(day: date = DAY, **fields: Any) -> Review:
    made: Review = make.ReviewFactory(**{"visit_on": day, "lxrs_wanted": 1} | fields)
    return made


def plan(**given: Any) -> Plan:
    days = {"today": TODAY, "first": TODAY, "last": TODAY + timedelta(days=60)}
    reviews = ReviewQuerySet(Review).select_related("service")
    return make_plan(reviews, **days | {"trust": trust_settings()} | given)


def who(found: Plan) -> dict[int, Any]:
    """Who goes first on each visit."""
    return {
        line.review: Reviewer.objects.get(pk=line.person)
        for line in found.lines
        if not line.is_company
    }


def lines(found: Plan) -> list[tuple[int, int, bool, bool]]:
    return [
        (each.review, each.person, each.is_company, each.is_first_visit) for each in found.lines
    ]


def keep(review: Review, person: Any) -> KeptProposal:
    return KeptProposal.objects.create(review=review, reviewer=person, kept_at=NOW)


def opens(found: Plan) -> list[str]:
    """What would open each visit with nobody, in words."""
    user = make.UserFactory(roles=["coordinator"])
    named = named_in(found, [], found.gaps, user)
    return [row.what_opens for row in gap_rows_of(found.gaps, named)]


def test_nobody_is_planned_where_the_service_is_closed_by_then(trust: Any) -> None:
    been()
    visit = review()
    visit.service.closed_on = DAY
    visit.service.save()
    found = plan()
    assert (found.lines, found.gaps, found.closed) == ([], [], [visit.pk])


def test_where_no_steps_were_found_it_does_not_say_that_there_are_none() -> None:
    found = [
        what_opens(Gap(1, ready=ready, one_away={}, steps=[], is_sure=is_sure), {}, {})
        for ready, is_sure in ((1, False), (0, False), (1, True), (0, True))
    ]
    assert [each.partition(",")[0] for each in found] == [
        "We have found no steps that would do",
        "We have found no steps that would do",
        "Who could go",
        "Nobody we know could go",
    ]


class TestPlan:
    def test_as_many_visits_as_can_be_have_somebody(self, trust: Any) -> None:
        flexible, only_wednesday = been(), been(available_weekdays=0b0000100)
        both = review(), review()  # a Wednesday; the first who is free would go to either
        found = plan()
        assert set(who(found)) == {each.pk for each in both}
        assert set(who(found).values()) == {flexible, only_wednesday}
        assert (found.covered, found.gaps) == (2, [])

    def test_hard_to_reach_comes_before_sooner(self, trust: Any) -> None:
        been(visits_a_month=1)
        review(DAY - timedelta(days=1))
        secure = review(service__setting="secure")
        found = plan()
        assert list(who(found)) == [secure.pk]
        assert [(each.ready, each.one_away) for each in found.gaps] == [(1, {})]

    def test_who_has_been_less_goes_and_who_knows_the_service_among_alike(self, trust: Any) -> None:
        been(3)
        one, knows = been(), been()
        visit = review()
        Experience.objects.create(reviewer=knows, directorate=visit.service.directorate)
        (found,) = plan().lines
        assert (found.person, found.knows, found.load, found.could_go) == (knows.pk, True, 1, 3)
        assert one != knows

    def test_a_newcomer_goes_along_but_not_alone(self, trust: Any) -> None:
        newcomer = make.ReadyReviewerFactory()
        later = review(DAY + timedelta(days=7), lxrs_wanted=2)
        alone = plan()
        assert (alone.lines, alone.lost_to_company) == ([], [later.pk])
        experienced = been()
        sooner = review(lxrs_wanted=2)
        found = plan()
        assert lines(found) == [
            (sooner.pk, experienced.pk, False, False),
            (sooner.pk, newcomer.pk, True, True),
            (later.pk, experienced.pk, False, False),
            (later.pk, newcomer.pk, True, True),
        ]
        assert found.lost_to_company == []

    def test_what_waits_for_somebody_who_wishes_to_begin_there_is_named(self, trust: Any) -> None:
        newcomer = make.ReadyReviewerFactory()
        secure = review(service__setting="prison", lxrs_wanted=2)
        been(stage="training")
        assert (plan().lost_to_secure, plan().lost_to_company) == ([secure.pk], [])
        newcomer.times_away.create(starts_on=DAY, ends_on=DAY)
        assert plan().lost_to_secure == []
        newcomer.times_away.all().delete()
        newcomer.first_visit_anywhere = True
        newcomer.save()
        found = plan()
        assert (found.lost_to_secure, found.covered) == ([], 1)

    def test_two_newcomers_go_where_one_is_happy_to_begin_anywhere(self, trust: Any) -> None:
        bold, shy = (
            make.ReadyReviewerFactory(first_visit_anywhere=True),
            make.ReadyReviewerFactory(),
        )
        visit = review(lxrs_wanted=2)
        assert lines(plan()) == [(visit.pk, bold.pk, False, True), (visit.pk, shy.pk, True, True)]

    def test_all_places_are_filled_once_every_visit_has_somebody(self, trust: Any) -> None:
        people = {been().pk for _ in range(3)}
        visit = review(lxrs_wanted=3)
        found = plan()
        assert {line.person for line in found.lines} == people
        assert [line.is_company for line in found.lines] == [False, True, True]
        assert found.covered == 1
        assert {line.review for line in found.lines} == {visit.pk}

    def test_a_newcomer_goes_along_where_somebody_has_been_asked(self, trust: Any) -> None:
        visit = review(lxrs_wanted=2)
        make.LXROnTeamFactory(review=visit, response="accepted")
        newcomer = make.ReadyReviewerFactory()
        found = plan()
        assert lines(found) == [(visit.pk, newcomer.pk, True, True)]
        assert found.covered == 0

    def test_nobody_who_would_rather_not_is_paused_was_there_or_goes_elsewhere(
        self, trust: Any
    ) -> None:
        visit = review()
        Exclusion.objects.create(reviewer=been(), service=visit.service)
        been(stage="paused")
        make.LXROnTeamFactory(review=visit, reviewer=been(), response="declined")
        elsewhere = make.ReviewFactory(visit_on=DAY, starts_at=None, ends_at=None, lxrs_wanted=1)
        make.LXROnTeamFactory(review=elsewhere, reviewer=been(), response="accepted")
        found = plan()
        assert found.lines == []
        assert [each.review for each in found.gaps] == [visit.pk]

    def test_a_visit_on_which_somebody_was_asked_waits(self, trust: Any) -> None:
        been()
        visit = review()
        make.LXROnTeamFactory(review=visit, response="invited")
        found = plan()
        assert (found.waiting, found.lines, found.gaps) == ([visit.pk], [], [])

    def test_what_is_outside_the_window_or_begins_today_is_not_planned(self, trust: Any) -> None:
        been()
        for day in (TODAY, TODAY + timedelta(days=61)):
            review(day)
        assert plan() == Plan()

    def test_it_can_be_kept_as_json(self, trust: Any) -> None:
        been(visits_a_month=1)
        for days in (0, 7):
            review(DAY + timedelta(days=days))
        found = plan()
        assert (len(found.lines), len(found.gaps)) == (1, 1)
        assert Plan.from_json(found.as_json()) == found

    def test_its_queries_grow_with_nothing(
        self, trust: Any, django_assert_num_queries: Any
    ) -> None:
        for _ in range(2):
            for number in range(8):
                been()
                make.ReadyReviewerFactory()
                review(DAY + timedelta(days=number), lxrs_wanted=2)
            with django_assert_num_queries(31):
                plan()


class TestRest:
    def test_days_of_rest_lie_between_the_visits_of_a_person(self, trust: Any) -> None:
        trust.rest_days = 2
        trust.save()
        ada, ben = been(), been()
        days = [DAY, DAY + timedelta(days=2)]
        for day in days:
            review(day)
        assert set(who(plan()).values()) == {ada, ben}

    def test_what_rest_leaves_open_is_said(self, trust: Any) -> None:
        trust.rest_days = 2
        trust.save()
        been()
        for days in (0, 2):
            review(DAY + timedelta(days=days))
        found = plan()
        assert (found.covered, found.lost_to_rest, found.is_exact) == (1, 1, True)


class TestWhatOpens:
    def test_the_steps_of_people_one_step_away_in_numbers(self, trust: Any) -> None:
        day = review()
        been(available_weekdays=0b1111011)  # not on a Wednesday
        been(available_weekdays=0b1111011, stage="training")  # two steps away
        for _ in range(2):
            make.DBSCheckFactory(reviewer=been(), result="disclosure", level="basic")
        make.ReadyReviewerFactory()
        found = plan()
        (gap,) = found.gaps
        assert (gap.review, gap.ready) == (day.pk, 0)
        assert gap.one_away == {"readiness": 2, "first visit alone": 1, "available": 1}
        assert opens(found) == [
            (
                "One step would do: 2 with the checks team,"
                " 1 on a first visit, who would need company, 1 away that day."
            )
        ]

    def test_a_step_for_another_visit_that_sets_somebody_free(self, trust: Any) -> None:
        site = make.SiteFactory(asks="vetting")
        inside = been(visits_a_month=1)
        SiteClearance.objects.create(reviewer=inside, site=site, rung="cleared", decided_on=TODAY)
        secure = review(service__site=site, service__setting="prison")
        elm = review(DAY + timedelta(days=5), service__name="Elm Ward")
        been(available_weekdays=0b0000100)  # Wednesdays: not on the day of Elm Ward
        found = plan()
        assert list(who(found)) == [secure.pk]
        assert [gap.review for gap in found.gaps] == [elm.pk]
        assert opens(found) == ["One step would do: 1 away that day."]
        Reviewer.objects.exclude(pk=inside.pk).update(available_weekdays=0b1111111, stage="paused")
        been(available_weekdays=0b0000100)
        Exclusion.objects.create(reviewer=Reviewer.objects.order_by("-pk")[0], service=elm.service)
        assert opens(plan()) == [
            (
                "Who could go is needed on another visit. One step there would do: for"
                f" {secure.service.name} on 8 July 2026, 1 with the checks team."
            )
        ]

    def test_where_nobody_is_one_step_away_the_nearest_is_named(self, trust: Any) -> None:
        review()
        make.ReviewerFactory(stage="training")  # not trained, not checked, not alone
        been(first_name="Ben", last_name="Ford", stage="checks", role_description_signed_on=None)
        assert opens(plan()) == [
            (
                "The nearest is Ben Ford, 2 steps away:"
                " not active yet, with the role description still to sign."
            )
        ]

    def test_where_no_step_would_do(self, trust: Any) -> None:
        visit = review()
        Exclusion.objects.create(reviewer=been(), service=visit.service)
        assert opens(plan()) == [
            "Nobody we know could go, whatever the step. Look for somebody new."
        ]

    def test_every_step_has_its_words(self) -> None:
        assert set(STEPS) == {rule.key for rule in RULES if rule.is_a_step}


class TestKept:
    def test_who_is_kept_stays_and_what_that_leaves_open_is_said(self, trust: Any) -> None:
        ada = been()
        ben = been(available_weekdays=0b0000100)  # Wednesdays
        wednesday, friday = review(), review(DAY + timedelta(days=2), service__setting="prison")
        trust.rest_days = 2
        trust.save()
        assert who(plan()) == {wednesday.pk: ben, friday.pk: ada}
        keep(wednesday, ada)
        found = plan()
        assert who(found) == {wednesday.pk: ada}
        assert [line.is_kept for line in found.lines] == [True]
        assert found.lost == [friday.pk]

    def test_company_is_kept_as_well(self, trust: Any) -> None:
        first, second = make.ReadyReviewerFactory(), make.ReadyReviewerFactory()
        experienced, visit = been(), review(lxrs_wanted=2)
        for person in (second, first):
            KeptProposal.objects.all().delete()
            keep(visit, person)
            assert lines(plan()) == [
                (visit.pk, experienced.pk, False, False),
                (visit.pk, person.pk, True, True),
            ]

    def test_company_without_anybody_to_go_with_is_not_in_the_plan(self, trust: Any) -> None:
        newcomer, visit = make.ReadyReviewerFactory(), review(lxrs_wanted=2)
        keep(visit, newcomer)
        found = plan()
        assert (found.lines, found.not_kept) == ([], [(visit.pk, newcomer.pk)])

    def test_who_can_no_longer_go_is_not_in_the_plan(self, trust: Any) -> None:
        ada, ben = been(stage="paused"), been()
        visit = review()
        keep(visit, ada)
        found = plan()
        assert who(found) == {visit.pk: ben}
        assert found.not_kept == [(visit.pk, ada.pk)]

    def test_one_person_kept_for_two_visits_of_a_day_is_kept_for_the_first(
        self, trust: Any
    ) -> None:
        ada = been()
        visits = review(), review()
        for visit in visits:
            keep(visit, ada)
        found = plan()
        assert who(found) == {visits[0].pk: ada}
        assert found.not_kept == [(visits[1].pk, ada.pk)]
