from datetime import date, timedelta

import pytest
from django.urls import reverse

from programme.home.training import refreshers
from reviewers.models import Reviewer
from reviewers.story import Mark, coming_for, story_of
from tests.factories import NOW, TODAY, PlaceFactory, ReviewerFactory, SessionFactory, UserFactory
from training.queries import in_date_until, people_to_book, trained_until
from training.queries.refreshers import refreshers_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def trained(*, days, **person):
    """Somebody whose training counts for so many days from today; None: for good."""
    until = None if days is None else TODAY + timedelta(days=days)
    held_on = TODAY - timedelta(days=400)
    return PlaceFactory(
        reviewer=ReviewerFactory(**person),
        session=SessionFactory(held_on=held_on, counts_until=until),
        outcome="attended",
    ).reviewer


def refresher(days, **session):
    held_on = TODAY + timedelta(days=days)
    return SessionFactory(kind="refresher", title="Refresher", held_on=held_on, **session)


def test_due_are_those_whose_training_ran_out_or_will_within_90_days():
    soon, lapsed = trained(days=90), trained(days=-1)
    trained(days=91)
    trained(days=None)
    trained(days=-1, stage="paused")
    ReviewerFactory()
    refreshed = trained(days=-1)
    PlaceFactory(
        reviewer=refreshed,
        session=refresher(-5, counts_until=TODAY + timedelta(days=300)),
        outcome="attended",
    )

    due = refreshers_due(TODAY).order_by("in_date_until")

    assert [(each, each.in_date_until) for each in due] == [
        (lapsed, TODAY - timedelta(days=1)),
        (soon, TODAY + timedelta(days=90)),
    ]


def test_the_page_says_who_is_due_and_what_they_are_booked_on(client_as):
    trained(days=-10, first_name="Ada", last_name="Lane")
    booked = trained(days=20, first_name="Bo", last_name="Hill")
    session = refresher(9)
    PlaceFactory(reviewer=booked, session=session, outcome="invited", answer_by=TODAY)

    page = client_as("coordinator").get(reverse("training:refreshers")).text

    rows = [" ".join(row.split()) for row in page.split("<tr")[2:]]
    assert "Ada Lane" in rows[0]
    assert "31 May 2026 <strong" in rows[0]
    assert "Ran out" in rows[0]
    assert "None yet" in rows[0]
    assert "Bo Hill" in rows[1]
    assert "Refresher, 19 June 2026</a>: invited" in rows[1]
    assert "Ran out" not in rows[1]
    assert reverse("training:invite", args=[session.pk]) in page


def test_home_counts_those_without_a_place_in_one_line(trust):
    user = UserFactory(roles=["coordinator"])
    PlaceFactory(reviewer=trained(days=5), session=refresher(3))
    assert refreshers(user, NOW).lines == []
    trained(days=5)
    trained(days=-5)

    work = refreshers(user, NOW)

    assert [(line.text, line.note) for line in work.lines] == [
        ("2 people need a refresher", "for 1 of them training counts no longer")
    ]


def test_those_due_first_are_proposed_first_for_a_refresher(client_as):
    for_good, later, lapsed = trained(days=None), trained(days=200), trained(days=-3)
    session = refresher(9)

    assert list(people_to_book(session, words="", today=TODAY)) == [lapsed, later, for_good]

    page = client_as("coordinator").get(reverse("training:invite", args=[session.pk])).text
    assert f"{lapsed}, {lapsed.reference}. Training counts until 7 June 2026" in page


@pytest.mark.parametrize(
    ("days", "section", "told"),
    [
        (
            -3,
            "It counted until 7 June 2026",
            "Their training counts no longer. A refresher is due.",
        ),
        (30, "It counts until 10 July 2026", "The last day on which their training counts."),
    ],
)
def test_a_persons_page_and_story_say_until_when_their_training_counts(
    days, section, told, client_as
):
    person, user = trained(days=days), UserFactory(roles=["coordinator"])

    page = client_as(user).get(reverse("reviewers:detail", args=[person.pk])).text
    past = [each.words for each in story_of(person, user=user, mark=Mark.at(NOW)).entries]
    ahead = [each.words for each in coming_for(person, user=user, now=NOW)]

    assert section in page
    assert "Refresher due" in page
    assert told in (past if days < 0 else ahead)
    assert told not in (ahead if days < 0 else past)


def test_my_training_says_that_a_refresher_is_due_until_a_place_is_booked(client_as):
    person = trained(days=30)
    client = client_as(person.user)
    address = reverse("own-training:list")
    assert "A refresher is due." in client.get(address).text

    PlaceFactory(reviewer=person, session=refresher(9))

    page = client.get(address).text
    assert "A refresher is due." not in page
    assert "Your training counts until 10 July 2026." in page


def test_helping_to_lead_is_counted_for_the_person_and_for_staff(client_as):
    person = ReviewerFactory()
    for held_on in (date(2026, 5, 5), date(2026, 6, 9)):
        SessionFactory(held_on=held_on).co_facilitators.add(person)
    SessionFactory(held_on=TODAY).co_facilitators.add(person)
    SessionFactory(
        held_on=date(2026, 5, 6), is_cancelled=True, cancelled_why="Snow"
    ).co_facilitators.add(person)

    own = client_as(person.user).get(reverse("own-training:list")).text
    staff = client_as("coordinator").get(reverse("reviewers:detail", args=[person.pk])).text

    assert "You have helped to lead 2 training sessions. Thank you." in own
    assert "Helped to lead 2 training sessions." in staff


def test_until_when_training_counts_is_the_same_asked_of_places_or_of_people():
    for days in (-1, 91, None):
        trained(days=days)
    again = trained(days=20)
    for counts_until in (TODAY + timedelta(days=300), TODAY + timedelta(days=30)):
        session = refresher(-5, counts_until=counts_until)
        PlaceFactory(reviewer=again, session=session, outcome="attended")
        PlaceFactory(session=session, outcome="attended")  # makes nobody trained
    PlaceFactory(reviewer=trained(days=3), session=refresher(-5), outcome="attended")
    PlaceFactory(reviewer=trained(days=4), session=refresher(-5), outcome="booked")
    everyone = Reviewer.objects.all()

    of_places = trained_until(everyone.values("pk")).values_list("reviewer", "until")

    assert len(of_places) == 4
    assert dict(of_places) == dict(in_date_until(everyone).values_list("pk", "in_date_until"))
