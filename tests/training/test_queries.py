from datetime import timedelta

import pytest

from reviewers.models import Reviewer
from tests.factories import TODAY, PlaceFactory, ReviewerFactory, SessionFactory
from training.queries import trained_by, with_trained_on

pytestmark = pytest.mark.django_db

LONG_AGO, LATELY = TODAY - timedelta(days=800), TODAY - timedelta(days=30)


def attends(person, *, kind, on, outcome="attended", **session):
    session = SessionFactory(kind=kind, held_on=on, **session)
    PlaceFactory(reviewer=person, session=session, outcome=outcome)


def trained_on(person):
    return with_trained_on(Reviewer.objects.filter(pk=person.pk)).get().trained_on


def is_trained(person, *, on=TODAY):
    return Reviewer.objects.filter(trained_by(on), pk=person.pk).exists()


@pytest.mark.parametrize("kind", ["workshop", "staff"])
def test_trained_on_is_the_first_conferring_session_attended(kind):
    person = ReviewerFactory()
    attends(person, kind="pilot", on=LONG_AGO - timedelta(days=1))
    attends(person, kind="workshop", on=LATELY)
    attends(person, kind=kind, on=LONG_AGO)

    assert trained_on(person) == LONG_AGO


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("pilot", "attended"),
        ("refresher", "attended"),
        ("workshop", "booked"),
        ("workshop", "did not attend"),
        ("workshop", "cancelled"),
    ],
)
def test_a_pilot_a_refresher_or_an_empty_chair_trains_nobody(kind, outcome):
    person = ReviewerFactory()
    attends(person, kind=kind, on=LATELY, outcome=outcome)

    assert trained_on(person) is None
    assert is_trained(person) is False


def test_training_counts_from_its_day():
    person = ReviewerFactory()
    attends(person, kind="workshop", on=TODAY)

    assert is_trained(person, on=TODAY) is True
    assert is_trained(person, on=TODAY - timedelta(days=1)) is False


def test_training_counts_until_its_last_day():
    person, for_good = ReviewerFactory(), ReviewerFactory()
    attends(person, kind="workshop", on=LONG_AGO, counts_until=LATELY)
    attends(for_good, kind="workshop", on=LONG_AGO)

    assert is_trained(person, on=LATELY) is True
    assert is_trained(person, on=LATELY + timedelta(days=1)) is False
    assert is_trained(for_good) is True


def test_a_cancelled_session_trains_nobody():
    person = ReviewerFactory()
    attends(person, kind="workshop", on=LONG_AGO, is_cancelled=True, cancelled_why="Snow")

    assert is_trained(person) is False
    assert trained_on(person) is None


def test_a_refresher_keeps_training_in_date_but_does_not_confer_it():
    trained, untrained = ReviewerFactory(), ReviewerFactory()
    later = TODAY + timedelta(days=30)
    attends(trained, kind="workshop", on=LONG_AGO, counts_until=LATELY)
    attends(trained, kind="refresher", on=LATELY, counts_until=later)
    attends(untrained, kind="refresher", on=LATELY, counts_until=later)

    assert is_trained(trained) is True
    assert is_trained(trained, on=later + timedelta(days=1)) is False
    assert is_trained(untrained) is False
