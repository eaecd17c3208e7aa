"""What people do with the review itself: plan, change, confirm, cancel, postpone."""

from datetime import time, timedelta

import pytest

from audit.models import Event
from reviews import operations
from reviews.holds import hold_of
from reviews.models import ChangedMonth, Review, TeamMember
from reviews.policies import TRANSITIONS, check_can_move
from rules import RuleBroken, allows
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReviewFactory,
    ServiceFactory,
    StaffFactory,
    StaffOnTeamFactory,
)
from tests.reviews.steps import details_of, done, invite, told

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


# The review itself


def test_planned_review_has_its_lead(by):
    like = ReviewFactory.build(service=ServiceFactory(), reference="R-NEW")
    lead = StaffFactory()

    review = operations.plan_review(
        details=details_of(like), visit_on=TODAY + timedelta(days=1), lead=lead, by=by, now=NOW
    )

    assert (review.status, review.team.get().staff) == ("planned", lead)
    assert done() == ["planned a review", "assigned staff"]


def test_reference_is_given_once(review, by):
    with pytest.raises(RuleBroken, match=f"already a review with the reference {review.reference}"):
        operations.plan_review(
            details=details_of(review), visit_on=TODAY + timedelta(days=1), by=by, now=NOW
        )
    other = ReviewFactory()
    with pytest.raises(RuleBroken, match=f"already a review with the reference {review.reference}"):
        operations.change_review(
            review=other, details=details_of(other, reference=review.reference), by=by, now=NOW
        )


def test_review_is_not_planned_on_a_day_that_has_passed(review, by):
    with pytest.raises(RuleBroken, match="not passed"):
        operations.plan_review(
            details=details_of(review, reference="R-NEW"),
            visit_on=TODAY - timedelta(days=1),
            by=by,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_at": time(8)}, "must end after it starts"),
        ({"ends_at": None}, "or leave both times empty"),
        ({"lxrs_wanted": 0}, "at least 1 Lived Experience Reviewer"),
    ],
)
def test_the_rule_that_is_broken_is_said(review, by, change, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        operations.change_review(
            review=review, details=details_of(review, **change), by=by, now=NOW
        )
    with pytest.raises(RuleBroken, match=sentence):
        operations.plan_review(
            details=details_of(review, reference="R-NEW", **change),
            visit_on=review.visit_on, by=by, now=NOW,
        )  # fmt: skip


def test_new_hours_have_not_passed(by):
    today = ReviewFactory(visit_on=TODAY, starts_at=time(9), ends_at=time(12))
    with pytest.raises(RuleBroken, match="a time that has not passed"):
        operations.change_review(
            review=today, details=details_of(today, starts_at=time(8)), by=by, now=NOW
        )
    changed = operations.change_review(
        review=today, details=details_of(today, ends_at=time(16)), by=by, now=NOW
    )
    assert (changed.starts_at, changed.ends_at) == (time(9), time(16))


def test_changed_hours_are_held_and_told(review, person, by):
    member = invite(review, person, by)
    StaffOnTeamFactory(review=review, staff__name="A lead")
    LXROnTeamFactory(review=review, response="declined")

    operations.change_review(
        review=review, details=details_of(review, ends_at=time(16)), by=by, now=NOW
    )

    member.refresh_from_db()
    review.refresh_from_db()
    assert (member.holds_from, member.holds_until) == hold_of(review)
    assert told() == [
        ("visit-changed", "A lead"),
        ("visit-changed", str(person)),
        ("visit-invitation", str(person)),
    ]
    assert Event.objects.latest("pk").fields == ["ends_at"]


def test_saving_a_review_unchanged_leaves_no_trace(review, person, by):
    invite(review, person, by)
    ChangedMonth.objects.all().delete()

    operations.change_review(review=review, details=details_of(review), by=by, now=NOW)

    assert done() == ["invited"]
    assert told() == [("visit-invitation", str(person))]
    assert not ChangedMonth.objects.exists()


def test_hours_that_would_put_someone_on_two_visits_are_refused(review, person, by):
    invite(review, person, by)
    evening = ReviewFactory(visit_on=review.visit_on, starts_at=time(16), ends_at=time(18))
    invite(evening, person, by)

    with pytest.raises(RuleBroken, match="Ada would be on two visits at once"):
        operations.change_review(
            review=review, details=details_of(review, ends_at=time(17)), by=by, now=NOW
        )


def test_how_many_are_wanted_is_told_nobody(review, person, by):
    invite(review, person, by)

    operations.change_review(
        review=review, details=details_of(review, lxrs_wanted=1), by=by, now=NOW
    )

    assert told() == [("visit-invitation", str(person))]


def test_service_stays_while_people_are_asked_to_it(review, person, by):
    invite(review, person, by)

    with pytest.raises(RuleBroken, match="Withdraw their invitations first"):
        operations.change_review(
            review=review, details=details_of(review, service=ServiceFactory()), by=by, now=NOW
        )


def test_another_service_marks_both_directorates(review, by):
    before, after = review.service, ServiceFactory()

    operations.change_review(
        review=review, details=details_of(review, service=after), by=by, now=NOW
    )

    assert set(ChangedMonth.objects.values_list("directorate", flat=True)) == {
        before.directorate_id,
        after.directorate_id,
    }


def test_review_is_confirmed_once(review, by):
    StaffOnTeamFactory(review=review)
    operations.confirm(review=review, by=by, now=NOW)

    with pytest.raises(RuleBroken, match=r"This review is confirmed\. It cannot become confirmed"):
        operations.confirm(review=review, by=by, now=NOW)


def test_cancelling_gives_everyone_their_time_back_and_tells(review, person, by):
    member = invite(review, person, by)
    StaffOnTeamFactory(review=review, staff__name="A lead")
    LXROnTeamFactory(review=review, response="declined")

    operations.cancel(review=review, by=by, now=NOW)

    member.refresh_from_db()
    assert (member.response, member.holds_from) == ("invited", None)
    assert {each for each in told() if each[0] == "visit-cancelled"} == {
        ("visit-cancelled", "A lead"),
        ("visit-cancelled", str(person)),
    }
    assert done()[-1] == "cancelled a review"


@pytest.mark.parametrize("status", ["completed", "reported", "closed", "cancelled"])
def test_only_a_coming_review_is_cancelled(by, status):
    with pytest.raises(RuleBroken, match="cannot become cancelled"):
        operations.cancel(review=ReviewFactory(status=status), by=by, now=NOW)


def test_life_of_a_review_walks_every_pair():
    allowed = {
        (a, b)
        for a in Review.Status.values
        for b in Review.Status.values
        if allows(check_can_move, Review(status=a), b)
    }
    assert allowed == {
        ("planned", "confirmed"),
        ("planned", "completed"),
        ("planned", "cancelled"),
        ("confirmed", "completed"),
        ("confirmed", "cancelled"),
        ("completed", "reported"),
        ("reported", "closed"),
    }
    assert set(TRANSITIONS) == set(Review.Status.values)
