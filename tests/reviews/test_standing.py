"""Who is ready for which service, whatever the day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import Service
from reviewers.models import Exclusion, TimeAway
from reviews.eligibility import RULE_BY_KEY
from reviews.in_bulk.standing import standing
from tests.factories import (
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def been(**values):
    """Somebody ready who has been on a visit."""
    person = ReadyReviewerFactory(**values)
    past = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=90))
    LXROnTeamFactory(review=past, reviewer=person, response="accepted", attended=True)
    return person


def ask(trust, *services):
    ids = [service.pk for service in services]
    found = Service.objects.filter(pk__in=ids).select_related("site", "role_variant")
    return standing(list(found), on=TODAY, trust=trust)


def ready(found, service):
    return set(found.people_in(found.ready_for(service.pk)))


def steps(found, service):
    return {
        rule.key: set(found.people_in(who))
        for rule, who in found.one_step_from(service.pk).items()
        if who
    }


def test_a_day_away_and_a_full_month_keep_nobody_from_being_ready(trust):
    service = ServiceFactory()
    person = been(available_weekdays=0, visits_a_month=1)
    TimeAway.objects.create(reviewer=person, starts_on=TODAY, ends_on=TODAY)
    LXROnTeamFactory(review=ReviewFactory(visit_on=TODAY), reviewer=person, response="accepted")
    assert ready(ask(trust, service), service) == {person.pk}


def test_each_service_asks_what_it_asks(trust):
    ward, prison = ServiceFactory(), ServiceFactory(site=SiteFactory(asks="vetting"))
    person, elsewhere = been(), been()
    Exclusion.objects.create(reviewer=elsewhere, service=ward)
    found = ask(trust, ward, prison)
    assert ready(found, ward) == {person.pk}
    assert ready(found, prison) == set()
    assert steps(found, ward) == {}
    assert steps(found, prison) == {"readiness": {person.pk, elsewhere.pk}}


def test_who_has_not_been_is_one_step_away_and_who_is_not_here_is_not(trust):
    service = ServiceFactory()
    newcomer, asked_for_it = ReadyReviewerFactory(), ReadyReviewerFactory(first_visit_anywhere=True)
    gone = ReadyReviewerFactory(stage="left")
    untrained = ReviewerFactory()  # and without a check
    found = ask(trust, service)
    assert ready(found, service) == {asked_for_it.pk}
    assert steps(found, service) == {"first visit alone": {newcomer.pk}}
    assert set(found.people_in(found.here)) == {newcomer.pk, asked_for_it.pk, untrained.pk}
    assert gone.pk in found.ids
    assert found.been == 0


def test_costs_the_same_for_many(trust):
    services = [ServiceFactory()]
    been()
    with CaptureQueriesContext(connection) as few:
        ask(trust, *services)
    services += [ServiceFactory() for _ in range(10)]
    for _ in range(5):
        been()
    with CaptureQueriesContext(connection) as many:
        ask(trust, *services)
    assert len(many) == len(few)
    assert ask(trust).missing[RULE_BY_KEY["readiness"]] == {}
