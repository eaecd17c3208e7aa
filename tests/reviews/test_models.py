"""What the tables themselves refuse."""

from contextlib import contextmanager
from datetime import date, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from reviews.holds import hold_of
from reviews.models import ChangedMonth, Postponement, Review, TeamMember
from tests.factories import (
    NOW,
    TODAY,
    DirectorateFactory,
    LXROnTeamFactory,
    ReviewerFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
)

pytestmark = pytest.mark.django_db


@contextmanager
def refused(constraint, *columns):
    """The database refuses, naming the constraint; SQLite names a unique one's columns instead."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        yield
    words = str(error.value)
    named_by_columns = columns and all(each in words for each in columns)
    assert constraint in words or (connection.vendor == "sqlite" and named_by_columns), words


def test_status_is_one_of_the_list():
    with refused("reviews_review_status"):
        ReviewFactory(status="done")


@pytest.mark.parametrize(("starts", "ends"), [(time(9), None), (None, time(9)), (time(9), time(9))])
def test_visit_ends_after_it_starts(starts, ends):
    with refused("reviews_review_ends_later"):
        ReviewFactory(starts_at=starts, ends_at=ends)


def test_review_wants_an_lxr():
    with refused("reviews_review_wants_lxr"):
        ReviewFactory(lxrs_wanted=0)


def test_postponement_moves_the_day():
    with refused("reviews_postponement_moves"):
        Postponement.objects.create(
            review=ReviewFactory(), from_day=TODAY, to_day=TODAY, at=NOW, by=None
        )


@pytest.mark.parametrize(
    ("role", "is_staff", "is_reviewer"),
    [
        ("lxr", True, False),
        ("lead", False, True),
        ("staff", True, True),
        ("shadow", False, False),
        ("guest", True, False),
    ],
)
def test_member_is_a_reviewer_or_staff_and_never_both(role, is_staff, is_reviewer):
    review, staff, reviewer = ReviewFactory(), StaffFactory(), ReviewerFactory()
    with refused("reviews_member_one_person"):
        TeamMember.objects.create(
            review=review,
            role=role,
            staff=staff if is_staff else None,
            reviewer=reviewer if is_reviewer else None,
        )


def test_answer_is_one_of_the_list():
    with refused("reviews_member_response"):
        LXROnTeamFactory(response="maybe")


@pytest.mark.parametrize("response", ["declined", "withdrawn", "expired"])
def test_time_is_held_only_while_the_answer_is_open_or_yes(response):
    member = LXROnTeamFactory()
    member.response = response
    member.holds_from, member.holds_until = hold_of(member.review)
    with refused("reviews_member_holds_while_live"):
        member.save()


def test_time_is_held_from_before_until_after():
    member = LXROnTeamFactory()
    member.holds_until, member.holds_from = hold_of(member.review)
    with refused("reviews_member_holds_while_live"):
        member.save()


@pytest.mark.parametrize("column", ["holds_from", "holds_until"])
def test_half_a_hold_is_none(column):
    member = LXROnTeamFactory()
    setattr(member, column, NOW)
    with refused("reviews_member_holds_while_live"):
        member.save()


def test_person_is_on_a_team_once():
    member = LXROnTeamFactory()
    with refused("reviews_member_reviewer", "review_id", "reviewer_id"):
        LXROnTeamFactory(review=member.review, reviewer=member.reviewer)


def test_staff_member_is_on_a_team_once():
    member = StaffOnTeamFactory()
    with refused("reviews_member_staff", "review_id", "staff_id"):
        StaffOnTeamFactory(review=member.review, staff=member.staff, role="staff")


def test_review_has_one_lead():
    member = StaffOnTeamFactory()
    with refused("reviews_one_lead", "review_id"):
        StaffOnTeamFactory(review=member.review)


def test_month_is_marked_once():
    directorate = DirectorateFactory()
    ChangedMonth.objects.create(month=date(2026, 6, 1), directorate=directorate)
    with refused("reviews_changed_month_once", "month", "directorate_id"):
        ChangedMonth.objects.create(month=date(2026, 6, 1), directorate=directorate)


def test_month_is_its_first_day():
    with refused("reviews_changed_month_first_day"):
        ChangedMonth.objects.create(month=date(2026, 6, 2), directorate=DirectorateFactory())


def test_covered_needs_an_lxr_who_attended_a_completed_review():
    def reviewed(status, **member):
        review = ReviewFactory(status=status)
        LXROnTeamFactory(review=review, response="accepted", **member)
        return review

    covered = reviewed("completed", attended=True)
    reviewed("completed", attended=False)
    reviewed("completed", attended=True, role="shadow")
    reviewed("cancelled", attended=True)

    assert list(Review.objects.covered()) == [covered]
    assert TeamMember.objects.lxrs().count() == 3


@pytest.fixture
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no exclusion constraint; its one write lock does the same.")


@pytest.mark.usefixtures("_on_postgresql")
def test_postgresql_refuses_two_visits_at_once():
    first = LXROnTeamFactory()
    first.holds_from, first.holds_until = hold_of(first.review)
    first.save()
    second = LXROnTeamFactory(reviewer=first.reviewer)
    second.holds_from = first.holds_from + timedelta(hours=1)
    second.holds_until = first.holds_until + timedelta(hours=1)
    with refused("reviews_member_no_overlap"):
        second.save()

    second.holds_from, second.holds_until = (
        first.holds_until,
        first.holds_until + timedelta(hours=1),
    )
    second.save()  # back to back is no overlap


@pytest.mark.parametrize("response", ["accepted", "declined", "withdrawn"])
def test_time_to_answer_is_of_an_open_or_lapsed_invitation(response):
    with refused("reviews_member_answer_by_while_asked"):
        LXROnTeamFactory(response=response, answer_by=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"response": "declined"},
        {"taken_back": "bored"},
        {"answered_at": NOW},
    ],
)
def test_taken_back_by_the_team_is_withdrawn_without_an_answer(changes):
    with refused("reviews_member_taken_back"):
        LXROnTeamFactory(**{"response": "withdrawn", "taken_back": "plans", **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"response": "accepted"},
        {"why_not": "lazy"},
        {"response": "withdrawn", "taken_back": "plans"},
    ],
)
def test_why_not_is_said_by_whoever_cannot_come(changes):
    with refused("reviews_member_why_not"):
        LXROnTeamFactory(**{"response": "declined", "why_not": "far", **changes})


def test_only_who_is_asked_to_come_was_called():
    with refused("reviews_member_called_to_come"):
        LXROnTeamFactory(role="reserve", called_at=NOW)


def test_invitations_taken_back_before_say_so_now():
    by_team = LXROnTeamFactory(response="withdrawn", answered_at=NOW)
    by_person = LXROnTeamFactory(response="withdrawn", answered_at=NOW, answered_how="phone")
    imported = LXROnTeamFactory(response="withdrawn")

    import_module("reviews.migrations.0010_taken_back").say_taken_back(apps, None)

    assert list(TeamMember.objects.order_by("pk").values_list("taken_back", "answered_at")) == [
        ("plans", None),
        ("", NOW),
        ("", None),
    ]
    by_team.refresh_from_db()
    assert not by_team.said_no
    assert by_person.said_no
    assert imported.said_no
