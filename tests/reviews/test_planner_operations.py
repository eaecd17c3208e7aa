"""Asking the people of a plan after the world has changed, and keeping lines of it."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from jobs.models import Job
from jobs.operations import run
from reviewers.models import Exclusion
from reviews.models import Review, TeamMember
from reviews.operations import cancel
from reviews.planner.models import KeptProposal
from reviews.planner.operations import (
    Refused,
    accept,
    ask_everybody,
    ask_for_plan,
    keep,
    let_go,
)
from reviews.planner.plans import Plan
from reviews.planner.queries import refused_of
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reviews.test_planner import DAY, been, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


def asked(pairs: list[tuple[Review, Any]], by: Any) -> Any:
    return accept(lines=[(visit.pk, person.pk) for visit, person in pairs], by=by, now=NOW)


class TestAccept:
    def test_each_line_for_itself_and_what_changed_comes_back(self, by: Any) -> None:
        ada, ben = been(), been()
        first, second = review(), review()
        ben.stage = "paused"
        ben.save()
        outcome = accept(
            lines=[(first.pk, ada.pk), (second.pk, ben.pk), (10**9, ada.pk)], by=by, now=NOW
        )
        assert outcome.asked == [(first.pk, ada.pk)]
        (refused,) = outcome.refused
        assert (refused.review, refused.person) == (second.pk, ben.pk)
        assert (refused.why, refused.rules) == ("", ("active",))
        assert TeamMember.objects.filter(response="invited").count() == 1

    def test_no_more_people_are_asked_than_a_visit_wants(self, by: Any) -> None:
        ada, ben, visit = been(), been(), review()
        outcome = asked([(visit, ada), (visit, ben)], by)
        assert outcome.asked == [(visit.pk, ada.pk)]
        assert outcome.refused == [
            Refused(
                visit.pk,
                ben.pk,
                "1 person has been asked to this visit or can come, and it wants no more.",
            )
        ]

    def test_who_said_no_makes_room_again(self, by: Any) -> None:
        ada, visit = been(), review()
        make.LXROnTeamFactory(review=visit, response="declined")
        make.LXROnTeamFactory(review=visit, role="shadow", response="accepted")
        assert asked([(visit, ada)], by).refused == []

    def test_a_visit_that_was_called_off_or_begins_today_is_refused(self, by: Any) -> None:
        ada, ben = been(), been()
        off, today = review(), review(TODAY, starts_at="09:00", ends_at="10:00")
        cancel(review=off, by=by, now=NOW)
        outcome = asked([(off, ada), (today, ben)], by)
        assert [each.why for each in outcome.refused] == [
            "This review is cancelled. It cannot be changed now.",
            "This visit has begun or is over.",
        ]
        assert not TeamMember.objects.filter(response="invited").exists()

    def test_who_would_rather_not_go_by_now_is_not_asked(self, by: Any) -> None:
        ada, visit = been(), review()
        Exclusion.objects.create(reviewer=ada, service=visit.service)
        outcome = asked([(visit, ada)], by)
        assert outcome.refused == [Refused(visit.pk, ada.pk, rules=("exclusion",))]
        (row,) = refused_of(outcome.refused, by)
        name = ada.first_name
        assert row.why == f"{name} would rather not go to this service. Please ask somebody else."

    def test_company_is_refused_where_the_first_was(self, by: Any) -> None:
        newcomer, visit = make.ReadyReviewerFactory(), review(lxrs_wanted=2)
        gone = been(stage="paused")
        outcome = asked([(visit, gone), (visit, newcomer)], by)
        assert outcome.asked == []
        assert outcome.refused[1].rules == ("first visit alone",)

    def test_one_line_that_goes_wrong_leaves_nothing_half_done(
        self, by: Any, monkeypatch: Any
    ) -> None:
        def fails(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError

        ada, visit = been(), review()
        monkeypatch.setattr("reviews.words.tell_invited", fails)
        with pytest.raises(RuntimeError):
            asked([(visit, ada)], by)
        assert not TeamMember.objects.filter(review=visit).exists()

    def test_what_was_kept_goes_when_it_is_asked_or_cannot_be(self, by: Any) -> None:
        ada, ben = been(), been()
        first, second = review(), review()
        for visit, person in ((first, ada), (second, ben)):
            keep(review=visit, reviewer=person, by=by, now=NOW)
        ben.stage = "left"
        ben.save()
        asked([(first, ada), (second, ben)], by)
        assert not KeptProposal.objects.exists()


class TestKeep:
    def test_it_is_written_down_by_whom_and_when(self, by: Any) -> None:
        ada, visit = been(), review()
        kept = keep(review=visit, reviewer=ada, by=by, now=NOW)
        assert (kept.kept_by, kept.kept_at) == (by, NOW)
        assert keep(review=visit, reviewer=ada, by=by, now=NOW) == kept
        event = Event.objects.get(action="kept a proposal")
        assert (event.actor_id, event.person_id) == (by.pk, ada.pk)
        let_go(kept=kept, by=by, now=NOW)
        let_go(kept=kept, by=by, now=NOW)
        assert not KeptProposal.objects.exists()
        assert Event.objects.filter(action="let a proposal go").count() == 1

    def test_another_takes_the_place(self, by: Any) -> None:
        ada, ben, visit = been(), been(), review()
        keep(review=visit, reviewer=ada, by=by, now=NOW)
        with pytest.raises(RuleBroken, match="There is somebody for each place on this visit"):
            keep(review=visit, reviewer=ben, by=by, now=NOW)
        keep(review=visit, reviewer=ben, instead_of=ada, by=by, now=NOW)
        assert list(KeptProposal.objects.values_list("reviewer", flat=True)) == [ben.pk]

    def test_a_change_that_is_refused_leaves_who_was_kept(self, by: Any) -> None:
        ada, visit = been(), review()
        keep(review=visit, reviewer=ada, by=by, now=NOW)
        with pytest.raises(RuleBroken, match="is taking a break"):
            keep(review=visit, reviewer=been(stage="paused"), instead_of=ada, by=by, now=NOW)
        assert list(KeptProposal.objects.values_list("reviewer", flat=True)) == [ada.pk]

    def test_who_was_asked_takes_a_place(self, by: Any) -> None:
        visit = review()
        make.LXROnTeamFactory(review=visit, response="invited")
        with pytest.raises(RuleBroken, match="There is somebody for each place"):
            keep(review=visit, reviewer=been(), by=by, now=NOW)

    def test_one_person_is_not_kept_twice_on_a_day_or_without_rest(self, by: Any) -> None:
        ada = been()
        keep(review=review(service__name="Elm Ward"), reviewer=ada, by=by, now=NOW)
        for days in (0, 1):
            with pytest.raises(RuleBroken, match=f"is kept for Elm Ward on {DAY.day} July 2026"):
                keep(review=review(DAY + timedelta(days=days)), reviewer=ada, by=by, now=NOW)
        keep(review=review(DAY + timedelta(days=2)), reviewer=ada, by=by, now=NOW)

    def test_one_person_is_not_kept_for_more_than_they_want(self, by: Any) -> None:
        ada = been(visits_a_month=1)
        keep(review=review(), reviewer=ada, by=by, now=NOW)
        with pytest.raises(RuleBroken, match="has as many visits that month as they want"):
            keep(review=review(DAY + timedelta(days=9)), reviewer=ada, by=by, now=NOW)

    def test_a_newcomer_is_kept_where_the_visit_wants_two(self, by: Any) -> None:
        newcomer = make.ReadyReviewerFactory()
        with pytest.raises(RuleBroken, match="a first visit is not as the only LXR"):
            keep(review=review(), reviewer=newcomer, by=by, now=NOW)
        keep(review=review(lxrs_wanted=2), reviewer=newcomer, by=by, now=NOW)

    def test_nobody_is_kept_for_a_visit_that_is_over(self, by: Any) -> None:
        with pytest.raises(RuleBroken, match="has begun or is over"):
            keep(review=review(TODAY - timedelta(days=1)), reviewer=been(), by=by, now=NOW)


class TestLongWork:
    def test_a_plan_is_worked_out_and_kept(self, by: Any) -> None:
        ada, visit = been(), review()
        job = ask_for_plan(first=TODAY, last=TODAY + timedelta(days=60), by=by, now=NOW)
        run(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        found = Plan.from_json(job.result)
        assert [(line.review, line.person) for line in found.lines] == [(visit.pk, ada.pk)]
        assert not TeamMember.objects.filter(response="invited").exists()

    def test_a_window_that_is_over_is_refused(self, by: Any) -> None:
        with pytest.raises(RuleBroken, match="Choose a last day that is still to come"):
            ask_for_plan(first=TODAY - timedelta(days=9), last=TODAY, by=by, now=NOW)

    def test_many_are_asked_one_after_the_other(self, by: Any) -> None:
        pairs = [(review(DAY + timedelta(days=n)), been()) for n in range(3)]
        pairs[1][1].stage = "paused"
        pairs[1][1].save()
        job = ask_everybody(lines=[(v.pk, p.pk) for v, p in pairs], by=by, now=NOW)
        run(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert job.result["asked"] == [[pairs[n][0].pk, pairs[n][1].pk] for n in (0, 2)]
        assert [each["person"] for each in job.result["refused"]] == [pairs[1][1].pk]
        assert pairs[1][1].first_name not in str(job.result)
        assert "break" not in str(job.result)

    def test_a_visit_that_moved_since_is_not_asked_about(self, by: Any) -> None:
        pairs = [(review(DAY + timedelta(days=n)), been()) for n in range(2)]
        days = {(v.pk, p.pk): f"{DAY}" for v, p in pairs}  # the second is a day later by now
        job = ask_everybody(lines=list(days), days=days, by=by, now=NOW)
        run(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert job.result["asked"] == [[pairs[0][0].pk, pairs[0][1].pk]]
        (refused,) = job.result["refused"]
        assert refused["why"].startswith("The visit has moved to another day since")

    def test_what_was_asked_before_the_worker_died_counts(self, by: Any) -> None:
        pairs = [(review(DAY + timedelta(days=n)), been()) for n in range(2)]
        job = ask_everybody(lines=[(v.pk, p.pk) for v, p in pairs], by=by, now=NOW)
        asked(pairs[:1], by)
        run(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert len(job.result["asked"]) == 2
        assert job.result["refused"] == []

    def test_who_may_not_plan_any_more_asks_nobody(self, by: Any) -> None:
        visit, ada = review(), been()
        job = ask_everybody(lines=[(visit.pk, ada.pk)], by=by, now=NOW)
        by.roles = ["visit_lead"]
        by.save()
        run(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert job.state == Job.State.FAILED
        assert not visit.team.exists()
