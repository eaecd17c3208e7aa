from datetime import timedelta

import pytest

from reviewers.models import Reviewer
from tests.factories import TODAY, PlaceFactory, ReviewerFactory, SessionFactory
from training.queries import trained_by, with_trained_on

pytestmark = pytest.mark.django_db

LONG_AGO, LATELY = TODAY - timedelta(days=800), TODAY - timedelta(days=30)


def attends(person, *, kind, on, outcome="attended"):
    PlaceFactory(reviewer=person, session=SessionFactory(kind=kind, held_on=on), outcome=outcome)


def trained_on(person):
    return with_trained_on(Reviewer.objects.filter(pk=person.pk)).get().trained_on


def is_trained(person, *, on=TODAY, refresher_months=None):
    condition = trained_by(on, refresher_months=refresher_months)
    return Reviewer.objects.filter(condition, pk=person.pk).exists()


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


def test_training_goes_out_of_date_where_the_trust_asks_for_a_refresher():
    person = ReviewerFactory()
    attends(person, kind="workshop", on=LONG_AGO)

    assert is_trained(person) is True
    assert is_trained(person, refresher_months=24) is False


def test_a_refresher_keeps_training_in_date_but_does_not_confer_it():
    trained, untrained = ReviewerFactory(), ReviewerFactory()
    attends(trained, kind="workshop", on=LONG_AGO)
    attends(trained, kind="refresher", on=LATELY)
    attends(untrained, kind="refresher", on=LATELY)

    assert is_trained(trained, refresher_months=24) is True
    assert is_trained(untrained, refresher_months=24) is False
