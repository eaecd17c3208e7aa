"""What the forecast is made from: answers, people's days, and the programme as it was."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.forecast.answers import answers_before, answers_by_month
from insights.forecast.chances import Answers, Tally, total
from insights.forecast.findings import Usual
from insights.forecast.gathering import gather
from insights.forecast.lives import Life, lead_times, lives
from insights.forecast.simulation import Person
from reviewers.models import Exclusion, StageChange, TimeAway
from reviews.models import TeamMember
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.programmes import completed, put_on

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def ready(**values):
    """Somebody who may be the only LXR."""
    values = {"user": None, "stage_since": TODAY - timedelta(days=900), **values}
    person = make.ReadyReviewerFactory(
        joined_on=TODAY - timedelta(days=1000),
        role_description_signed_on=TODAY - timedelta(days=990),
        **values,
    )
    person.places.update(session=make.SessionFactory(held_on=TODAY - timedelta(days=950)))
    put_on(completed(TODAY - timedelta(days=800)), reviewer=person)
    return person


def of(trust):
    return gather(today=TODAY, trust=trust)


# Answers


def answered(review, response, *, days_before=None, how="phone", **values):
    at = None
    if days_before is not None:
        day = review.visit_on - timedelta(days=days_before)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
    return put_on(review, response=response, answered_at=at, answered_how=how, **values)


def test_answers_in_totals():
    review = completed(date(2026, 5, 20))
    answered(review, "accepted", attended=True)
    answered(review, "accepted", attended=False)
    answered(review, "accepted", attended=None)  # nobody wrote it down
    answered(review, "declined", attended=False)
    answered(review, "expired", attended=None)
    answered(review, "invited", attended=None)  # no answer is no yes
    answered(review, "withdrawn", days_before=2, attended=None)
    answered(review, "withdrawn", days_before=1, attended=None)
    for why in TeamMember.TakenBack.values:  # the team needed them no more
        answered(review, "withdrawn", how="", taken_back=why, attended=None)
    answered(review, "withdrawn", how="", attended=None)  # imported: they gave it back
    answered(review, "accepted", role="shadow")
    cell = (review.service.directorate_id, False)
    assert answers_before(answers_by_month(since=date(2026, 1, 1))) == {
        cell: Answers(said_yes=Tally(6, 9), kept=Tally(4, 6), came=Tally(1, 3))
    }


def test_answers_by_cell_and_month():
    secure = make.ServiceFactory(setting="secure")
    prison = make.ServiceFactory(setting="prison", directorate=secure.directorate)
    ward = make.ServiceFactory(setting="inpatient", directorate=secure.directorate)
    for service in (secure, prison, ward):
        completed(date(2026, 3, 31), service=service, lxr={})
        completed(date(2026, 4, 1), service=service, lxr={})
    completed(date(2025, 12, 31), lxr={})  # too long ago
    put_on(make.ReviewFactory(status="cancelled", visit_on=date(2026, 3, 1)))
    put_on(make.ReviewFactory(), attended=None)  # still to come
    months = answers_by_month(since=date(2026, 1, 1))
    pk = secure.directorate_id
    asked = {cell: each.said_yes.of for cell, each in answers_before(months).items()}
    assert asked == {(pk, True): 4, (pk, False): 2}
    before = answers_before(months, date(2026, 4, 15))
    assert total(before).said_yes == Tally(3, 3)


# People


def life(**values):
    return Life(
        **{
            "joined_on": date(2026, 1, 1),
            "stage": "active",
            "stage_since": date(2026, 3, 1),
            "signed_on": date(2026, 1, 5),
            "trained_on": date(2026, 2, 1),
            "first_visit_on": date(2026, 4, 1),
            "starts_anywhere": False,
            "visits_a_month": 2,
            "weekdays": 127,
            **values,
        }
    )


WAY = (
    (date(2026, 1, 1), "", "training"),
    (date(2026, 2, 15), "training", "active"),
    (date(2026, 5, 1), "active", "paused"),
)


def test_a_stage_as_it_was():
    paused = life(stage="paused", stage_since=date(2026, 5, 1), moves=WAY)
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 15), date(2026, 2, 16), TODAY]
    assert [paused.stage_before(day) for day in days] == [
        "paused" if day == TODAY else word
        for day, word in zip(days, ["", "training", "training", "active", ""], strict=True)
    ]
    assert life().stage_before(date(2026, 3, 1)) == ""
    assert life().stage_before(date(2026, 3, 2)) == "active"


@pytest.mark.parametrize(
    "lacks",
    [
        {"stage": "paused"},
        {"trained_on": None},
        {"trained_on": date(2026, 3, 10)},
        {"signed_on": None},
        {"signed_on": date(2026, 3, 10)},
        {"stage_since": date(2026, 3, 10)},
    ],
)
def test_who_could_go_was_active_trained_and_signed(lacks):
    assert life().could_go_before(date(2026, 3, 10))
    assert not life(**lacks).could_go_before(date(2026, 3, 10))


def test_a_first_visit_as_it_was():
    assert not life().had_been_before(date(2026, 4, 1))
    assert life().had_been_before(date(2026, 4, 2))
    assert life(first_visit_on=None, starts_anywhere=True).had_been_before(date(2026, 1, 1))


def test_lead_times_count_who_still_waits():
    done = [life(moves=WAY)] * 3  # 45 days to ready, 14 of them after training
    waiting = [life(stage="training", trained_on=None)] * 2
    found = lead_times([*done, *waiting], TODAY)
    assert found.joining_to_ready == Usual(45, 3)
    assert found.joining_to_trained == Usual(31, 3)
    assert found.trained_to_ready == Usual(14, 3)


def test_what_checks_took_is_the_number_that_candidates_show(trust):
    for _ in range(3):
        make.DBSCheckFactory(reviewer=make.ReviewerFactory(user=None))
    assert lead_times([], TODAY).checks == Usual(30, 3)


def test_lead_time_is_not_known_where_the_way_is_not_recorded():
    assert lead_times([life()], TODAY).joining_to_ready == Usual(None, 0)
    left = life(
        stage="left", moves=((date(2026, 2, 1), "checks", "left"),), stage_since=date(2026, 2, 1)
    )
    assert lead_times([left], TODAY).joining_to_ready == Usual(None, 0)
    assert lead_times([], TODAY).joining_to_trained == Usual(None, 0)


def test_lives_hold_each_persons_days(trust):
    person = ready(visits_a_month=3, available_weekdays=31)
    StageChange.objects.create(
        reviewer=person, from_stage="checks", to_stage="active", at=NOW - timedelta(days=900)
    )
    assert lives()[person.pk] == Life(
        joined_on=TODAY - timedelta(days=1000),
        stage="active",
        stage_since=TODAY - timedelta(days=900),
        signed_on=TODAY - timedelta(days=990),
        trained_on=TODAY - timedelta(days=950),
        first_visit_on=TODAY - timedelta(days=800),
        starts_anywhere=False,
        visits_a_month=3,
        weekdays=31,
        moves=((TODAY - timedelta(days=900), "checks", "active"),),
    )


# Everything


def test_the_programme_to_come(trust):
    ready(visits_a_month=1)
    coming = make.ReviewFactory(visit_on=TODAY)
    make.ReviewFactory(visit_on=date(2027, 5, 31), status="confirmed", service=coming.service)
    make.ReviewFactory(visit_on=date(2027, 6, 1))  # more than 12 months
    make.ReviewFactory(visit_on=TODAY - timedelta(days=1))  # should be recorded
    make.ReviewFactory(status="cancelled")
    found = of(trust).programme
    assert [visit.day for visit in found.visits] == [TODAY, date(2027, 5, 31)]
    assert {visit.cell for visit in found.visits} == {(coming.service.directorate_id, False)}
    assert found.people == [Person(1, frozenset({coming.service_id}))]
    assert found.visits_a_month == 1
    assert total(found.answers).said_yes == Tally(1, 1)


def test_no_visit_and_nobody(trust):
    found = of(trust)
    assert (found.programme.visits, found.programme.people, found.steps) == ([], [], {})
    assert found.programme.visits_a_month == 2
    assert not any(cut.says_something for cut in found.cuts)


def test_who_has_time_on_a_day(trust):
    """Of four active people two come on Wednesdays, and one of the four is away."""
    first, *_ = [
        make.ReviewerFactory(user=None, available_weekdays=0b0000100 if n < 2 else 0b1000000)
        for n in range(4)
    ]
    make.ReviewerFactory(user=None, stage="paused", available_weekdays=127)
    TimeAway.objects.create(reviewer=first, starts_on=TODAY, ends_on=TODAY + timedelta(days=3))
    make.ReviewFactory(visit_on=TODAY)
    make.ReviewFactory(visit_on=TODAY + timedelta(days=7))
    make.ReviewFactory(visit_on=TODAY + timedelta(days=8))
    assert [visit.available for visit in of(trust).programme.visits] == [0.375, 0.5, 0]


def test_steps_count_each_person_once_in_a_directorate(trust):
    prison = make.ServiceFactory(setting="prison", site=make.SiteFactory(asks="vetting"))
    ward = make.ServiceFactory(directorate=prison.directorate)
    for service in (prison, ward):
        make.ReviewFactory(service=service)
    ready()
    newcomer = make.ReadyReviewerFactory(user=None)
    assert of(trust).steps == {prison.directorate_id: {"first visit alone": 1}}
    Exclusion.objects.create(reviewer=newcomer, service=ward)
    assert of(trust).steps == {prison.directorate_id: {}}


def test_a_cut_knows_what_was_known(trust):
    """The latest cut of 10 June 2026 is 1 December 2025."""
    on = date(2025, 12, 1)
    there = ready()
    later = ready()
    later.places.update(session=make.SessionFactory(held_on=on))
    service = make.ServiceFactory()
    before = completed(date(2025, 11, 30), service=service, lxr={"response": "declined"})
    covered = completed(on, service=service, lxr={"reviewer": there})
    missed = completed(date(2026, 5, 31), service=service)
    completed(date(2026, 6, 1), service=service)
    latest = of(trust).cuts[0]
    assert (latest.on, latest.until) == (on, date(2026, 6, 1))
    assert [visit.day for visit in latest.visits] == [covered.visit_on, missed.visit_on]
    assert latest.covered == [True, False]
    assert latest.people == [Person(2, frozenset({service.pk}))]
    cell = (before.service.directorate_id, False)
    assert latest.answers[cell].said_yes == Tally(0, 1)


def test_a_first_visit_was_not_to_a_secure_service(trust):
    secure = make.ServiceFactory(setting="secure")
    on = date(2025, 12, 1)
    newcomer = ready()
    newcomer.memberships.all().delete()
    completed(on, service=secure)
    ward = completed(on).service
    assert of(trust).cuts[0].people == [Person(2, frozenset({ward.pk}))]


def test_costs_the_same_number_of_queries_for_more(trust):
    def grow():
        ready()
        make.ReviewFactory()
        completed(date(2026, 1, 5), lxr={})

    grow()
    with CaptureQueriesContext(connection) as few:
        of(trust)
    for _ in range(10):
        grow()
    with CaptureQueriesContext(connection) as many:
        of(trust)
    assert len(few) == len(many) == 23
