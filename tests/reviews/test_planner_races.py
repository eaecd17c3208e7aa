"""Two who plan at once do not both win; with controls that turn the lock off."""

from datetime import timedelta
from typing import Any

import pytest

from reviews.models import Review, TeamMember
from reviews.planner import operations
from reviews.planner.models import KeptProposal
from tests import factories as make
from tests.factories import NOW
from tests.races import meeting_after, race, winners
from tests.reviews.test_planner import DAY, been, review

pytestmark = pytest.mark.django_db(transaction=True)
CHECK = "reviews.planner.operations.check_wants_another"
CHECK_KEEP = "reviews.planner.operations.check_can_keep"


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


def accepting(visit: Review, person: Any, by: Any) -> Any:
    return lambda: operations.accept(lines=[(visit.pk, person.pk)], by=by, now=NOW).asked


def keeping(visit: Review, person: Any, by: Any) -> Any:
    return lambda: operations.keep(review=visit, reviewer=person, by=by, now=NOW)


def without_lock(monkeypatch: Any) -> None:
    """Nothing held from the check to the write."""
    monkeypatch.setattr(operations, "lock_review", lambda pk: Review.objects.get(pk=pk))
    monkeypatch.setattr(operations, "lock_reviewers", lambda pks: {})
    for name in ("_ask", "keep"):
        monkeypatch.setattr(operations, name, getattr(operations, name).__wrapped__)


def test_a_visit_that_wants_one_gets_one_of_two_people(by: Any) -> None:
    ada, ben, visit = been(), been(), review()

    with meeting_after(CHECK, patience=0.3):
        outcomes = race(accepting(visit, ada, by), accepting(visit, ben, by))

    assert winners(outcomes) == 1
    assert TeamMember.objects.filter(review=visit, response="invited").count() == 1


def test_without_the_lock_both_would_be_asked(by: Any, monkeypatch: Any) -> None:
    ada, ben, visit = been(), been(), review()
    without_lock(monkeypatch)

    with meeting_after(CHECK):
        outcomes = race(accepting(visit, ada, by), accepting(visit, ben, by))

    assert winners(outcomes) == 2
    assert TeamMember.objects.filter(review=visit, response="invited").count() == 2


def test_one_person_goes_to_one_of_two_visits_of_a_day(by: Any) -> None:
    ada, visits = been(), (review(), review())

    outcomes = race(*(accepting(visit, ada, by) for visit in visits))

    assert winners(outcomes) == 1
    assert TeamMember.objects.filter(reviewer=ada, response="invited").count() == 1


def test_one_place_is_kept_for_one_of_two_people(by: Any) -> None:
    ada, ben, visit = been(), been(), review()

    with meeting_after(CHECK_KEEP, patience=0.3):
        outcomes = race(keeping(visit, ada, by), keeping(visit, ben, by))

    assert winners(outcomes) == 1
    assert KeptProposal.objects.count() == 1


def test_one_person_is_kept_for_one_of_two_visits_too_close(by: Any) -> None:
    ada, visits = been(), (review(), review(DAY + timedelta(days=1)))

    with meeting_after(CHECK_KEEP, patience=0.3):
        outcomes = race(*(keeping(visit, ada, by) for visit in visits))

    assert winners(outcomes) == 1


def test_without_the_lock_one_place_would_be_kept_twice(by: Any, monkeypatch: Any) -> None:
    ada, ben, visit = been(), been(), review()
    without_lock(monkeypatch)

    with meeting_after(CHECK_KEEP):
        race(keeping(visit, ada, by), keeping(visit, ben, by))

    assert KeptProposal.objects.count() == 2  # written; the audit then refuses to stand alone
