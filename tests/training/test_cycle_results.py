"""What a change brought: ratings and words before and after it, on its page and in its study."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.factories import TODAY
from tests.training.rounds import (
    AGREED,
    BEFORE,
    acted,
    cycle,
    make_version,
    on_the_day,
    session,
    studied,
    tried,
    version,
)
from training.queries import cycles as queries

pytestmark = pytest.mark.django_db
__all__ = ["cycle", "on_the_day", "session", "version"]


def read(session, *, with_=None, **said):
    """Five answers to a form that is closed, read by themselves or with those of another."""
    for _ in range(5):
        make.SaidFactory(session=session, **said)
    form = make.ReadFormFactory(session=session)
    if with_ is not None:
        form.read_with = with_.room_link
        form.save()


def test_ratings_stand_by_version_and_tell_which_is_after(cycle, by, session, version, client_as):
    for _ in range(5):
        make.SaidFactory(session=session, support=6)
    make.ReadFormFactory(session=session)
    cycle = acted(studied(tried(cycle, by, session), by), by, "adopt")
    made = make_version(cycle, by)
    launch = make.SessionFactory(version=made, held_on=BEFORE + timedelta(days=1), code="W1")
    for _ in range(6):
        make.SaidFactory(session=launch, support=9)
    make.ReadFormFactory(session=launch)
    later = make.SessionFactory(version=made, held_on=TODAY, code="W2")
    make.SaidFactory(session=later, support=1)

    rows = queries.versions_beside(queries.get_cycle(cycle.pk))

    assert [(row.version.number, row.when, row.answers) for row in rows] == [
        (1, "Before, and tried here", 5),
        (2, "After", 6),
    ]
    assert [row.ratings["support"].mean for row in rows] == [6, 9]
    page = client_as("coordinator").get(reverse("cycles:detail", args=[cycle.pk])).content.decode()
    assert "P1: 6.00; W1: 9.00, after the change" in page


def test_a_line_stands_where_the_new_version_begins(by, session, version, client_as):
    cycle = make.CycleFactory(course=version.course)
    launch = make.SessionFactory(
        version=make.CourseVersionFactory(course=version.course, number=2, cycle=cycle),
        held_on=TODAY,
        code="W1",
    )
    page_of = reverse("cycles:detail", args=[cycle.pk])
    read(session, support=6, pace=None, usefulness=None)
    assert client_as("coordinator").get(page_of).context["charts"] == []

    read(launch, support=9, pace=4, usefulness=None)
    page = client_as("coordinator").get(page_of)

    assert [title for title, chart in page.context["charts"]] == ["Support, of 10"]
    [(_, chart)] = page.context["charts"]
    assert "P1: 6.00; W1: 9.00, after the change. Median 7.50." in chart
    # The line lies between the first of two points and the second.
    assert chart.count('stroke-dasharray="2 3"') == 1
    assert '<line x1="51.5%" x2="51.5%"' in chart
    assert "Ratings session by session" in page.text


def test_the_words_where_it_was_tried_stand_on_its_page_and_beside_its_study(
    cycle, by, session, version, client_as
):
    together = make.SessionFactory(version=version, held_on=BEFORE, code="P2")
    elsewhere = make.SessionFactory(version=version, held_on=BEFORE, code="P3")
    open_still = make.SessionFactory(version=version, held_on=BEFORE, code="P4")
    tried(cycle, by, session, open_still)
    read(session, comment="Longer <breaks>")
    read(together, with_=session, comment="More practice")
    read(elsewhere, comment="Not about this")
    make.SaidFactory(session=open_still, comment="Too few of us")

    client = client_as("coordinator")
    for name in ("cycles:detail", "cycles:study"):
        page = client.get(reverse(name, args=[cycle.pk])).text
        assert "From P1 and P2, where the change was tried." in page
        assert page.count("Longer &lt;breaks&gt;") == 5
        assert page.count("More practice") == 5
        assert "Not about this" not in page
        assert "Too few of us" not in page
        assert "Ratings by version" in page


def test_a_study_without_readable_words_has_none(cycle, by, session, client_as):
    tried(cycle, by, session)
    make.SaidFactory(session=session, comment="Too few of us")

    for name in ("cycles:detail", "cycles:study"):
        page = client_as("coordinator").get(reverse(name, args=[cycle.pk])).text
        assert "In their words" not in page
        assert "Too few of us" not in page


def test_a_pilot_of_four_shows_its_agreed_summary_and_no_ratings(
    cycle, by, session, version, client_as
):
    for _ in range(4):
        make.SaidFactory(session=session, support=3, comment="Too fast for me")
    studied(tried(cycle, by, session), by, **AGREED | {"summary": "Go slower, please"})

    page = (
        client_as("coordinator").get(reverse("courses:version", args=[version.pk])).content.decode()
    )

    assert "Go slower, please" in page
    assert "2 attendees agreed to this" in page
    assert "Too fast for me" not in page
    assert "3.00" not in page
