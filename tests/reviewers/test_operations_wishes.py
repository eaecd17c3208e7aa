"""When a person can come, and where they would rather not go."""

from datetime import timedelta

import pytest

from audit.models import Event
from reviewers import operations
from reviewers.how import How
from reviewers.models import Exclusion
from reviewers.policies import MOST_TIMES_AWAY
from rules import RuleBroken
from tests.factories import NOW, TODAY, DirectorateFactory, ReviewerFactory, ServiceFactory


@pytest.fixture
def reviewer(db):
    """Someone active, with an account."""
    return ReviewerFactory()


def events(reviewer):
    """What the audit keeps about this person, oldest first."""
    found = Event.objects.filter(person_id=reviewer.pk).order_by("id")
    return [(each.action, each.fields, each.why) for each in found]


def test_availability_is_a_set_of_weekdays(reviewer):
    for _ in range(2):
        operations.set_availability(
            reviewer=reviewer, weekdays=[0, 2, 2], visits_a_month=3, first_visit_anywhere=True,
            by=reviewer.user, now=NOW,
        )  # fmt: skip
    reviewer.refresh_from_db()
    assert (reviewer.available_weekdays, reviewer.visits_a_month) == (0b101, 3)
    assert reviewer.first_visit_anywhere is True
    assert events(reviewer) == [
        ("changed availability",
         ["available_weekdays", "first_visit_anywhere", "visits_a_month"], ""),
    ]  # fmt: skip


def away(reviewer, first, last, **more):
    return operations.add_time_away(
        reviewer=reviewer, starts_on=TODAY + timedelta(days=first),
        ends_on=TODAY + timedelta(days=last), by=reviewer.user, now=NOW, **more,
    )  # fmt: skip


def test_time_away_is_kept_once_and_can_go_again(reviewer):
    first = away(reviewer, 3, 5, how=How.PHONE)
    assert away(reviewer, 3, 5) == first
    for _ in range(2):
        operations.remove_time_away(reviewer=reviewer, away_id=first.pk, by=reviewer.user, now=NOW)
    assert not reviewer.times_away.exists()
    assert events(reviewer) == [
        ("added time away", ["times_away"], "phone"),
        ("removed time away", ["times_away"], ""),
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"), [(5, 4, "on or after the first day"), (-3, -1, "are past")]
)
def test_impossible_time_away_is_refused(reviewer, first, last, words):
    with pytest.raises(RuleBroken, match=words):
        away(reviewer, first, last)


def test_times_away_are_limited(reviewer):
    for n in range(MOST_TIMES_AWAY):
        away(reviewer, n, n)
    with pytest.raises(RuleBroken, match="Remove one first"):
        away(reviewer, 99, 99)


def test_nobody_removes_the_time_away_of_another(reviewer):
    others = away(ReviewerFactory(), 3, 5)
    operations.remove_time_away(reviewer=reviewer, away_id=others.pk, by=reviewer.user, now=NOW)
    others.refresh_from_db()
    assert events(reviewer) == []


def test_exclusions_are_exactly_those_given_in_a_directorate(reviewer):
    directorate = DirectorateFactory()
    elsewhere = ServiceFactory()
    Exclusion.objects.create(reviewer=reviewer, service=elsewhere)
    kept, gone, new = (ServiceFactory(directorate=directorate) for _ in range(3))
    for services in ([kept, gone], [kept, new], [new, kept, ServiceFactory()]):
        operations.set_exclusions(
            reviewer=reviewer, directorate=directorate, services=services,
            by=reviewer.user, now=NOW,
        )  # fmt: skip
    held = set(reviewer.exclusions.values_list("service_id", flat=True))
    assert held == {kept.pk, new.pk, elsewhere.pk}
    assert events(reviewer) == [("changed exclusions", ["exclusions"], "")] * 2
