"""The plan: who could go where, what speaks for them, and asking those who are ticked."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from organisation.queries import trust_settings
from reviewers.models import Exclusion, Experience
from reviews.eligibility import RULES
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.operations import answer
from reviews.planner.operations import accept
from reviews.planner.queries import Plan, make_plan
from reviews.planner.words import STEPS
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.races import race

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


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
    given = {"today": TODAY, "until": TODAY + timedelta(days=60), "trust": trust_settings()} | given
    return make_plan(ReviewQuerySet(Review).select_related("service"), **given)


def who(found: Plan) -> dict[int, Any]:
    return {each.review.pk: each.reviewer for each in found.proposals if not each.is_company}


class TestPlan:
    def test_as_many_visits_as_can_be_have_somebody(self, trust: Any) -> None:
        flexible, only_monday = been(), been(available_weekdays=0b0000100)
        both = review(), review()  # a Wednesday; the first who is free would go to either
        found = plan()
        assert set(who(found)) == {each.pk for each in both}
        assert set(who(found).values()) == {flexible, only_monday}
        assert found.covered == 2
        assert found.still_open == []

    def test_hard_to_reach_comes_before_sooner(self, trust: Any) -> None:
        been(visits_a_month=1)
        review(DAY - timedelta(days=1))
        secure = review(service__setting="secure")
        found = plan()
        assert list(who(found)) == [secure.pk]
        assert [(each.ready, each.one_away) for each in found.still_open] == [(1, 0)]

    def test_who_has_been_less_goes_and_who_knows_the_service_among_alike(self, trust: Any) -> None:
        been(3)
        one, knows = been(), been()
        visit = review()
        Experience.objects.create(reviewer=knows, directorate=visit.service.directorate)
        found = plan().proposals[0]
        assert (found.reviewer, found.knows, found.load, found.could_go) == (knows, True, 1, 3)
        assert one != knows

    def test_a_newcomer_goes_along_but_not_alone(self, trust: Any) -> None:
        newcomer = make.ReadyReviewerFactory()
        alone = review(DAY + timedelta(days=7), lxrs_wanted=2)
        assert plan().proposals == []
        experienced = been()
        together = review(lxrs_wanted=2)
        found = plan()
        assert [
            (each.review, each.reviewer, each.is_company, each.is_first_visit)
            for each in found.proposals
        ] == [
            (together, experienced, False, False),
            (together, newcomer, True, True),
            (alone, experienced, False, False),
            (alone, newcomer, True, True),
        ]

    def test_nobody_who_would_rather_not_is_paused_was_there_or_goes_elsewhere(
        self, trust: Any
    ) -> None:
        visit = review()
        Exclusion.objects.create(reviewer=been(), service=visit.service)
        been(stage="paused")
        make.LXROnTeamFactory(review=visit, reviewer=been(), response="declined")
        elsewhere = make.ReviewFactory(visit_on=DAY, starts_at=None, ends_at=None)
        make.LXROnTeamFactory(review=elsewhere, reviewer=been(), response="accepted")
        found = plan()
        assert found.proposals == []
        assert [each.review for each in found.still_open] == [visit]

    def test_what_stays_open_says_what_the_steps_are(self, trust: Any) -> None:
        day = review()
        been(available_weekdays=0b1111011)  # not on a Wednesday
        been(available_weekdays=0b1111011, stage="training")  # two steps away
        for _ in range(2):
            make.DBSCheckFactory(reviewer=been(), result="disclosure", level="basic")
        make.ReadyReviewerFactory()
        (gap,) = plan().still_open
        assert (gap.review, gap.ready, gap.one_away) == (day, 0, 4)
        assert gap.in_numbers == (
            "2 with the checks team, 1 on a first visit, who would need company, 1 away that day"
        )

    def test_every_step_has_its_words(self) -> None:
        assert set(STEPS) == {rule for rule in RULES if rule.is_a_step}

    def test_a_visit_on_which_somebody_was_asked_waits(self, trust: Any) -> None:
        been()
        visit = review()
        make.LXROnTeamFactory(review=visit, response="invited")
        found = plan()
        assert (found.asked, found.proposals, found.still_open) == ([visit], [], [])

    def test_what_is_outside_the_window_is_not_planned(self, trust: Any) -> None:
        been()
        for day in (TODAY, TODAY + timedelta(days=61)):
            review(day)
        assert plan() == Plan()

    def test_what_is_kept_stays_and_what_is_refused_goes_and_both_say_what_is_lost(
        self, trust: Any
    ) -> None:
        ada, ben = been(), been(visits_a_month=1)
        first, second = review(), review()
        start = who(plan())
        assert set(start.values()) == {ada, ben}
        other = next(each for each in (ada, ben) if each != start[first.pk])
        kept = plan(kept={first.pk: other.pk})
        assert who(kept)[first.pk] == other
        assert kept.lost == []
        refused = {(first.pk, ada.pk), (second.pk, ada.pk)}
        without = plan(refused=refused)
        assert len(who(without)) == 1
        assert without.lost == [
            review for review in (first, second) if review.pk not in who(without)
        ]

    def test_a_kept_person_who_can_no_longer_go_is_not_kept(self, trust: Any) -> None:
        ada, ben = been(stage="paused"), been()
        visit = review()
        found = plan(kept={visit.pk: ada.pk})
        assert [(each.reviewer, each.is_kept) for each in found.proposals] == [(ben, False)]


class TestAccept:
    def test_each_line_for_itself_and_what_changed_comes_back(self, coordinator: Any) -> None:
        ada, ben = been(), been()
        first, second = review(), review()
        ben.stage = "paused"
        ben.save()
        outcome = accept(
            lines=[(first.pk, ada.pk), (second.pk, ben.pk), (10**9, ada.pk)],
            by=coordinator,
            now=NOW,
        )
        assert outcome.asked == [ada]
        assert [(each[0], each[1]) for each in outcome.refused] == [(second, ben)]
        assert outcome.refused[0][2].startswith(f"{ben.first_name} is taking a break.")
        assert TeamMember.objects.filter(response="invited").count() == 1

    def test_nobody_is_asked_before_the_button_is_pressed(
        self, coordinator: Any, client: Any
    ) -> None:
        ada = been()
        visit = review()
        client.force_login(coordinator)
        page = client.get(reverse("reviews:plan")).content.decode()
        assert f'value="{visit.pk}-{ada.pk}"' in page
        assert not visit.team.exists()
        page = client.post(reverse("reviews:plan"), {"line": f"{visit.pk}-{ada.pk}"}, follow=True)
        assert "1 person has been asked." in page.content.decode()
        assert "Waiting for an answer" in page.content.decode()
        answer(
            member=visit.team.get(), answer=TeamMember.Response.ACCEPTED,
            how=TeamMember.How.PHONE, by=coordinator, now=NOW,
        )  # fmt: skip
        page = client.get(reverse("reviews:plan")).content.decode()
        assert "Every visit of the next 60 days has a Lived Experience Reviewer." in page

    def test_nothing_ticked_and_nonsense_are_told(self, coordinator: Any, client: Any) -> None:
        client.force_login(coordinator)
        for line in ([], ["x"], ["1-"], [f"{10**30}-1"]):
            page = client.post(reverse("reviews:plan"), {"line": line}, follow=True)
            assert "Tick at least one person. Then press the button again." in page.content.decode()
        assert client.get(reverse("reviews:plan") + "?days=7&keep=x&not=1-x").status_code == 200

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_plan_at_once_one_gets_the_person(self, coordinator: Any) -> None:
        ada = been()
        visits = review(), review()
        outcomes = race(
            *(
                lambda pk=each.pk: accept(lines=[(pk, ada.pk)], by=coordinator, now=NOW)
                for each in visits
            )
        )
        assert sorted(len(each.asked) for each in outcomes) == [0, 1]
        assert sorted(len(each.refused) for each in outcomes) == [0, 1]
        assert TeamMember.objects.filter(reviewer=ada, response="invited").count() == 1


def test_the_command_prints_the_plan_and_asks_nobody(trust: Any) -> None:
    ada = been(visits_a_month=1)
    review(reference="R-A")
    review(DAY + timedelta(days=1), reference="R-B")
    printed = StringIO()
    call_command("plan_reviews", days=40, stdout=printed)
    assert printed.getvalue().splitlines() == [
        f"{DAY}\tR-A\t{ada.reference}\tgoes",
        f"{DAY + timedelta(days=1)}\tR-B\tnobody\t1 ready, 0 one step away",
        "1 visits have somebody, 1 have nobody, 0 wait for an answer.",
    ]
    assert not TeamMember.objects.filter(response="invited").exists()
