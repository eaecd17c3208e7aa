"""Courses and their versions, what a session delivers, and until when it counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    CourseFactory,
    CourseVersionFactory,
    PlaceFactory,
    SessionFactory,
)
from tests.training.test_operations import details, led_by
from training import operations
from training.models import Course, Session

pytestmark = pytest.mark.django_db

WORKSHOP = {"name": "LXR workshop", "kind": "workshop", "lasts_months": 24, "about": ""}


@pytest.fixture
def version():
    return CourseVersionFactory(course__name="LXR workshop", course__lasts_months=24)


def plan(coordinator, **changes):
    return operations.plan_session(
        details=details(**changes), facilitators=led_by(), by=coordinator, now=NOW
    )


def test_a_course_begins_with_its_first_version(coordinator):
    course = operations.add_course(
        details=WORKSHOP, what="One day, in two halves.", by=coordinator, now=NOW
    )

    version = course.versions.get()
    assert (version.number, version.made_on) == (1, TODAY)
    assert version.what_changed == "One day, in two halves."
    assert str(version) == "LXR workshop, version 1"


def test_a_course_name_is_used_once(coordinator):
    CourseFactory(name="LXR workshop")

    with pytest.raises(RuleBroken, match="already a course called LXR workshop"):
        operations.add_course(details=WORKSHOP, what="One day.", by=coordinator, now=NOW)

    other = CourseFactory(name="Another")
    with pytest.raises(RuleBroken, match="already a course called LXR workshop"):
        operations.change_course(course=other, details=WORKSHOP, by=coordinator, now=NOW)
    assert Event.objects.count() == 0


def test_a_version_says_what_changed_and_follows_the_last(coordinator, version):
    new = operations.add_version(
        course=version.course,
        made_on=TODAY,
        what="A longer break.",
        why="People were tired by noon.",
        by=coordinator,
        now=NOW,
    )
    again = operations.add_version(
        course=version.course, made_on=TODAY, what="A longer break.", why="", by=coordinator,
        now=NOW,
    )  # fmt: skip

    assert (new.number, new.why) == (2, "People were tired by noon.")
    assert again == new


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY + timedelta(days=1), "Enter today or an earlier day"),
        (TODAY - timedelta(days=401), "Version 1 was made on 6 May 2025"),
    ],
)
def test_a_version_is_made_in_its_turn(day, sentence, coordinator, version):
    with pytest.raises(RuleBroken, match=sentence):
        operations.add_version(
            course=version.course, made_on=day, what="x", why="y", by=coordinator, now=NOW
        )


def test_a_session_counts_as_long_as_its_course_says(coordinator, version):
    session = plan(coordinator, version=version, held_on=date(2026, 8, 31))

    assert (session.kind, session.counts_until) == ("workshop", date(2028, 8, 31))


def test_a_pilot_is_a_pilot_of_its_course(coordinator, version):
    session = plan(coordinator, version=version, is_pilot=True)

    assert (session.kind, session.version) == ("pilot", version)


def test_another_day_counts_from_there(coordinator, version):
    session = plan(coordinator, version=version, held_on=date(2026, 8, 31))

    session = operations.change_session(
        session=session,
        details=details(version=version, held_on=date(2027, 1, 31)),
        facilitators=led_by(),
        by=coordinator,
        now=NOW,
    )

    assert session.counts_until == date(2029, 1, 31)


def test_how_long_a_course_lasts_holds_for_what_was_attended(coordinator, version):
    held = SessionFactory(version=version, held_on=date(2026, 2, 28))
    other = SessionFactory(held_on=date(2026, 2, 28))

    operations.change_course(
        course=version.course, details={**WORKSHOP, "lasts_months": 12}, by=coordinator, now=NOW
    )

    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.counts_until, other.counts_until) == (date(2027, 2, 28), None)
    assert Event.objects.get().fields == ["lasts_months"]

    operations.change_course(
        course=version.course, details={**WORKSHOP, "lasts_months": None}, by=coordinator, now=NOW
    )
    held.refresh_from_db()
    assert held.counts_until is None


def test_a_course_with_sessions_keeps_its_kind(coordinator, version):
    SessionFactory(version=version)

    with pytest.raises(RuleBroken, match="This course has sessions"):
        operations.change_course(
            course=version.course, details={**WORKSHOP, "kind": "staff"}, by=coordinator, now=NOW
        )


def test_somebody_says_which_version_an_earlier_session_was(coordinator, version):
    session = SessionFactory(kind="workshop", held_on=date(2026, 2, 28))

    operations.say_version(session=session, version=version, by=coordinator, now=NOW)
    operations.say_version(session=session, version=version, by=coordinator, now=NOW)

    session.refresh_from_db()
    assert (session.version, session.kind) == (version, "workshop")
    assert session.counts_until == date(2028, 2, 28)
    assert Event.objects.count() == 1


def test_a_pilot_stays_one_when_its_version_is_said(coordinator, version):
    session = SessionFactory(kind="pilot")

    operations.say_version(session=session, version=version, by=coordinator, now=NOW)

    session.refresh_from_db()
    assert session.kind == "pilot"


def test_a_workshop_was_no_refresher(coordinator):
    refresher = CourseVersionFactory(course__kind="refresher")

    with pytest.raises(RuleBroken, match="recorded as workshop"):
        operations.say_version(
            session=SessionFactory(kind="workshop"), version=refresher, by=coordinator, now=NOW
        )


def test_the_page_of_a_version_tells_its_story(client_as, version):
    version.why = "People were tired by noon."
    version.save()
    session = SessionFactory(version=version, code="T01", held_on=TODAY - timedelta(days=3))
    PlaceFactory.create_batch(2, session=session, outcome="attended")
    PlaceFactory(session=session, outcome="did not attend")
    later = CourseVersionFactory(course=version.course, number=2)

    page = client_as("coordinator").get(reverse("courses:version", args=[version.pk]))

    text = page.content.decode()
    assert "The first version." in text
    assert "People were tired by noon." in text
    assert reverse("training:detail", args=[session.pk]) in text
    assert reverse("courses:version", args=[later.pk]) in text
    assert [each.attended for each in page.context["sessions"]] == [2]


def test_a_course_is_added_and_changed_on_its_pages(client_as):
    client = client_as("coordinator")

    client.post(reverse("courses:add"), {"name": "Refresher", "kind": "refresher", "what": "Hm"})
    course = Course.objects.get()
    refused = client.post(
        reverse("courses:change", args=[course.pk]),
        {"name": "Refresher", "kind": "refresher", "lasts_months": "0"},
    )

    assert "1 or more" in refused.content.decode()
    assert course.versions.get().what_changed == "Hm"


def test_without_a_course_the_way_leads_to_adding_one(client_as):
    page = client_as("coordinator").get(reverse("training:add")).content.decode()

    assert "Add the course first" in page
    assert Session.objects.count() == 0


def test_an_imported_session_offers_to_say_its_version(client_as, version):
    session = SessionFactory()
    client = client_as("coordinator")
    page = client.get(reverse("training:detail", args=[session.pk])).content.decode()
    assert "Say which version this was" in page

    client.post(reverse("training:say-version", args=[session.pk]), {"version": version.pk})

    session.refresh_from_db()
    assert session.version == version
    page = client.get(reverse("training:detail", args=[session.pk])).content.decode()
    assert "Say which version this was" not in page
