"""What would open most: the one step of the checks team that lets people go on visits."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from checks.models import SiteClearance
from organisation.queries import trust_settings
from programme.opening.queries import openings
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    RoleVariantFactory,
    ServiceFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def day(days):
    return TODAY + timedelta(days=days)


def trained(**more):
    """Everything in place but checks; happy to go anywhere first."""
    person = ReviewerFactory(first_visit_anywhere=True, **more)
    PlaceFactory(reviewer=person, outcome="attended")
    return person


def table():
    return [
        (each.words, str(each.person or each.people), [review.visit_on for review in each.visits])
        for each in openings(NOW, trust_settings()).rows
    ]


def test_a_certificate_opens_every_visit_it_does_for(trust):
    person = trained(first_name="Ann", last_name="Bell")
    variants = [RoleVariantFactory(level=each) for each in ("basic", "enhanced")]
    for number, variant in enumerate(variants):
        ReviewFactory(service=ServiceFactory(role_variant=variant), visit_on=day(1 + 3 * number))

    assert table() == [("A certificate: enhanced, adult workforce", str(person), [day(1), day(4)])]


def test_a_decision_that_is_open_is_a_step_and_a_decision_against_is_none(trust):
    waiting, refused = trained(), trained()
    AssessmentFactory(check_made__reviewer=waiting)
    AssessmentFactory(
        check_made__reviewer=refused, decision="not approved", decided_on=TODAY, is_in_force=True
    )
    ReviewFactory(visit_on=day(3))

    assert table() == [("A decision on their risk assessment", str(waiting), [day(3)])]


def test_clearance_is_a_step_until_the_site_says_not_for_now(trust):
    site = SiteFactory(name="Northgate", asks="vetting")
    asked, not_asked, refused = (trained(last_name=f"P{n}") for n in range(3))
    for person in (asked, not_asked, refused):
        DBSCheckFactory(reviewer=person)
    SiteClearance.objects.create(reviewer=asked, site=site)
    SiteClearance.objects.create(
        reviewer=refused, site=site, rung="not at this site for now", decided_on=TODAY
    )
    ReviewFactory(service=ServiceFactory(site=site, setting="prison"), visit_on=day(3))

    assert table() == [
        ("Clearance for Northgate", str(asked), [day(3)]),
        ("Clearance for Northgate", str(not_asked), [day(3)]),
    ]


def cleared(site, **more):
    """Somebody whom the site has let in."""
    person = trained(**more)
    DBSCheckFactory(reviewer=person)
    SiteClearance.objects.create(reviewer=person, site=site, rung="cleared", decided_on=TODAY)
    return person


def test_a_visit_that_somebody_could_go_on_gains_nothing(trust):
    site = SiteFactory(name="Northgate", asks="vetting")
    cleared(site)
    DBSCheckFactory(reviewer=trained())
    ReviewFactory(service=ServiceFactory(site=site, setting="prison"), visit_on=day(3))

    assert table() == []
    assert openings(NOW, trust_settings()).with_nobody == 0


def test_a_step_counts_what_the_plan_gains_and_not_what_it_opens(trust):
    """One person is inside and wants one visit a month; two visits ask for somebody."""
    site = SiteFactory(name="Northgate", asks="vetting")
    cleared(site, visits_a_month=1)
    waiting = trained(last_name="Waiting", available_weekdays=0b0001000)  # Thursdays: the first
    DBSCheckFactory(reviewer=waiting)
    service = ServiceFactory(site=site, setting="prison")
    for number in (1, 5):
        ReviewFactory(service=service, visit_on=day(number))

    # The first visit is the one it opens; whoever is inside goes to the second then.
    assert table() == [("Clearance for Northgate", str(waiting), [day(5)])]


def test_whoever_was_asked_is_waited_for(trust):
    trained()
    visit = ReviewFactory(visit_on=day(3))
    LXROnTeamFactory(review=visit, reviewer=ReadyReviewerFactory(), response="invited")

    assert table() == []


def test_a_site_that_answers_for_several_opens_more_than_one_of_them(trust):
    site = SiteFactory(name="Northgate", asks="vetting")
    people = [trained(last_name=f"P{number}", visits_a_month=1) for number in range(2)]
    for person in people:
        DBSCheckFactory(reviewer=person)
        SiteClearance.objects.create(reviewer=person, site=site)
    service = ServiceFactory(site=site, setting="prison")
    for number in (3, 4):
        ReviewFactory(service=service, visit_on=day(number))

    assert table() == [
        ("Northgate answers for everybody who waits there", "2", [day(3), day(4)]),
        *[("Clearance for Northgate", str(each), [day(3)]) for each in people],
    ]


def test_two_steps_are_none(trust):
    """No certificate and no clearance: neither step alone lets the person go."""
    trained()
    site = SiteFactory(asks="vetting")
    ReviewFactory(service=ServiceFactory(site=site, setting="prison"), visit_on=day(3))

    assert table() == []


def test_who_misses_another_rule_is_left_out(trust):
    ReviewerFactory(first_visit_anywhere=True)  # not trained
    trained(available_weekdays=0b1000000)  # Sundays
    trained(stage="paused")
    ReviewFactory(visit_on=day(1))

    assert table() == []


def test_covered_far_and_past_visits_do_not_count(trust):
    trained()
    for days in (-1, 0, 121):
        ReviewFactory(visit_on=day(days))
    covered = ReviewFactory(visit_on=day(5))
    LXROnTeamFactory(review=covered, reviewer=ReadyReviewerFactory(), response="accepted")
    ReviewFactory(visit_on=day(6), status="cancelled")

    assert table() == []


def test_most_visits_come_first_and_then_the_soonest(trust):
    early, often, late = (trained(last_name=name) for name in ("Early", "Often", "Late"))
    for person, weekdays in ((early, 0b0001000), (often, 0b1010000), (late, 0b0100000)):
        person.available_weekdays = weekdays
        person.save()
    for days in (1, 2, 3, 4):  # Thursday to Sunday
        ReviewFactory(visit_on=day(days))

    assert [who for _, who, _ in table()] == [str(often), str(early), str(late)]


def test_a_year_ahead_can_be_looked_at(trust, client_as):
    officer = UserFactory(roles=["checks_officer"])
    officer.checks_purpose = "chasing"
    trained(first_name="Ann", last_name="Bell")
    ReviewFactory(visit_on=day(300))
    address = reverse("programme:opening")

    with time_machine.travel(NOW):
        client = client_as(officer)
        soon = client.get(address).content.decode()
        year = client.get(f"{address}?days=365").content.decode()
        nonsense = client.get(f"{address}?days=x").content.decode()

    assert "Ann Bell" not in soon
    assert "Ann Bell" in year
    assert "the next 120 days" in nonsense


def test_its_queries_do_not_grow_with_people_or_visits(trust, django_assert_num_queries):
    for _ in range(2):
        for number in range(6):
            trained()
            ReviewFactory(visit_on=day(3 + number * 2))
        with django_assert_num_queries(34):
            openings(NOW, trust)


def test_the_look_is_recorded_with_its_purpose(trust, client_as):
    officer = UserFactory(roles=["checks_officer"])
    client = client_as(officer)
    address = reverse("programme:opening")
    person = trained(first_name="Ann", last_name="Bell")
    ReviewFactory(visit_on=day(3), service=ServiceFactory(name="Larch Ward"))

    with time_machine.travel(NOW):
        asked = client.get(address)
        assert asked.headers["Location"].startswith(reverse("checks:purpose"))
        client.post(asked.headers["Location"], {"purpose": "chasing"})
        page = client.get(address).content.decode()

    assert "Ann Bell" in page
    assert "Larch Ward" in page
    looked = Event.objects.get(kind="looked")
    assert (looked.actor_id, looked.why) == (officer.pk, "chasing")
    assert (looked.person_id, looked.action) == (person.pk, "looked at what would open most")


def test_an_officer_reads_nothing_about_their_own_checks(trust, client_as):
    officer = UserFactory(roles=["checks_officer", "lxr"])
    officer.checks_purpose = "chasing"
    AssessmentFactory(check_made__reviewer=trained(first_name="Zoe", last_name="Own", user=officer))
    AssessmentFactory(check_made__reviewer=trained(first_name="Ann", last_name="Bell"))
    ReviewFactory(visit_on=day(3))

    with time_machine.travel(NOW):
        page = client_as(officer).get(reverse("programme:opening")).content.decode()

    assert "Ann Bell" in page
    assert "Zoe Own" not in page.split("<main", 1)[1]


def test_the_checks_work_list_leads_here(trust, client_as):
    officer = UserFactory(roles=["checks_officer"])
    officer.checks_purpose = "chasing"

    page = client_as(officer).get(reverse("checks:list")).content.decode()

    assert reverse("programme:opening") in page
