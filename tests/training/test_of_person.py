"""One person's training from their own rows: the same as the database says of many."""

from datetime import timedelta

import pytest

from reviewers.models import Reviewer
from tests.factories import TODAY, PlaceFactory, ReviewerFactory, SessionFactory
from training.of_person import in_date_until, places_of, sessions_led_by, trained_on
from training.queries import with_in_date_until, with_trained_on

LATER, LATEST = TODAY + timedelta(days=300), TODAY + timedelta(days=700)
BEFORE = TODAY - timedelta(days=30)


@pytest.mark.parametrize(
    "attended",
    [
        [],
        [{"kind": "pilot"}],
        [{"kind": "workshop"}],
        [{"kind": "workshop", "counts_until": LATER}],
        [{"kind": "workshop", "is_cancelled": True, "cancelled_why": "Snow"}],
        [{"kind": "refresher", "counts_until": LATER}],
        [{"counts_until": LATER}, {"kind": "refresher", "counts_until": LATEST}],
        [{"counts_until": LATER}, {"kind": "staff", "held_on": BEFORE, "counts_until": LATEST}],
        [{"counts_until": LATER}, {"kind": "refresher"}],
    ],
)
def test_one_person_reads_like_the_database_says(db, attended):
    person = ReviewerFactory()
    for n, given in enumerate(attended):
        session = SessionFactory(
            **{"held_on": TODAY - timedelta(days=n), "kind": "workshop"} | given
        )
        PlaceFactory(reviewer=person, session=session, outcome="attended")
    PlaceFactory(reviewer=person, session=SessionFactory(kind="workshop"), outcome="did not attend")
    PlaceFactory(session=SessionFactory(kind="workshop"), outcome="attended")

    of_many = with_in_date_until(with_trained_on(Reviewer.objects.filter(pk=person.pk))).get()

    assert (trained_on(person), in_date_until(person)) == (
        of_many.trained_on,
        of_many.in_date_until,
    )


def test_one_person_is_read_once(db, django_assert_num_queries):
    person = ReviewerFactory()
    PlaceFactory(reviewer=person, session=SessionFactory(kind="workshop"), outcome="attended")
    SessionFactory().co_facilitators.add(person)
    with django_assert_num_queries(2):
        for _ in range(2):
            assert len(places_of(person)) == len(sessions_led_by(person)) == 1
            assert trained_on(person) is not None
