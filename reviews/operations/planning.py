"""The review itself: planned, changed, confirmed, postponed, called off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TypedDict

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import record
from organisation.models import Service, StaffMember
from organisation.queries import trust_settings
from reviews import policies, words
from reviews.changed import mark, mark_months
from reviews.eligibility import RULE_BY_KEY, Visit, missing_rules
from reviews.holds import hold_of
from reviews.models import Postponement, Review, TeamMember
from reviews.operations.asking_again import ask_everyone_again
from reviews.operations.filling import end_if_filled
from reviews.operations.locks import lock_review, lock_reviewers, no_overlap
from reviews.operations.teams import assign_staff
from reviews.references import following
from rules import RuleBroken
from training.queries.questions import newest_set

TOLD_ABOUT = frozenset(
    {
        *("service", "starts_at", "ends_at", "meet_at", "ring_on_the_day", "bring"),
        *("site_asks", "may_be_remote"),
    }
)


class ReviewDetails(TypedDict):
    """What a review is, as its form asks. The day of a planned review moves by ``postpone``."""

    reference: str
    service: Service
    starts_at: time | None
    ends_at: time | None
    meet_at: str
    ring_on_the_day: str
    bring: str
    site_asks: str
    staff_wanted: int
    lxrs_wanted: int
    may_be_remote: bool


@transaction.atomic
def plan_review(
    *,
    details: ReviewDetails,
    visit_on: date,
    lead: StaffMember | None = None,
    by: User,
    now: datetime,
) -> Review:
    """A new planned review, with the newest questions.

    Raises RuleBroken if the reference is taken or the day has passed.
    """
    policies.check_can_plan(details["service"], visit_on, details["starts_at"], now=now)
    _check_details(details)
    with _reference_is_free(details["reference"]):
        review = Review.objects.create(**details, visit_on=visit_on, question_set=newest_set())
    record("planned a review", on=review, by=by, now=now)
    if lead is not None:
        assign_staff(review=review, staff=lead, role=TeamMember.Role.LEAD, by=by, now=now)
    mark(review)
    return review


@transaction.atomic
def plan_reviews(
    *, visits: Sequence[tuple[Service, date]], by: User, now: datetime
) -> list[Review]:
    """A planned review of each service on its day, with the next references. All or none.

    Raises RuleBroken: see check_can_plan; and where a service has a coming review by now.
    """
    services = [service for service, _ in visits]
    list(Service.objects.select_for_update().filter(pk__in=[each.pk for each in services]))
    policies.check_none_is_planned(
        Review.objects.coming().filter(service__in=services).values_list("service__name", flat=True)
    )
    newest = Review.objects.order_by("-pk").values_list("reference", flat=True).first() or ""
    taken = set(Review.objects.values_list("reference", flat=True))
    references = following(newest, taken)
    return [
        plan_review(
            details={
                "reference": next(references), "service": service, "starts_at": None,
                "ends_at": None, "meet_at": "", "ring_on_the_day": "", "bring": "", "site_asks": "",
                "staff_wanted": 1, "lxrs_wanted": 2, "may_be_remote": False,
            },
            visit_on=day, by=by, now=now,
        )
        for service, day in visits
    ]  # fmt: skip


@transaction.atomic
def change_review(*, review: Review, details: ReviewDetails, by: User, now: datetime) -> Review:
    """The review is as the details say from now on; whoever comes is told. Raises RuleBroken.

    What changes nothing leaves no trace.
    """
    review = lock_review(review.pk)
    policies.check_is_coming(review)
    changed = [name for name, value in details.items() if getattr(review, name) != value]
    if not changed:
        return review
    _check_details(details)
    if "starts_at" in changed:
        policies.check_starts_later(review.visit_on, details["starts_at"], now=now)
    team = team_of(review)
    if details["service"] != review.service:
        policies.check_can_change_service(review, team)
        policies.check_is_open(details["service"], review.visit_on)
        mark(review)
    for name in changed:
        setattr(review, name, details[name])  # type: ignore[literal-required]
    if {"starts_at", "ends_at"} & set(changed):
        _move_holds(review, team)
    with _reference_is_free(details["reference"]):
        review.save()
    record("changed a review", on=review, by=by, now=now, fields=changed)
    mark(review)
    if TOLD_ABOUT & set(changed):
        for member in _coming(team):
            words.tell_changed(member, now=now)
    if "lxrs_wanted" in changed:
        end_if_filled(review, now=now)
    return review


def _check_details(details: ReviewDetails) -> None:
    policies.check_ends_later(details["starts_at"], details["ends_at"])
    policies.check_wants_an_lxr(details["lxrs_wanted"])


@contextmanager
def _reference_is_free(reference: str) -> Iterator[None]:
    """Raise RuleBroken where the database finds another review of this reference."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not re.search(r"reviews_review[._]reference", str(error)):
            raise
        message = f"There is already a review with the reference {reference}."
        raise RuleBroken(message) from error


def team_of(review: Review) -> list[TeamMember]:
    """The team as it is now, its reviewers held. Call under the review's lock."""
    team = list(TeamMember.objects.filter(review=review).select_related("staff").order_by("pk"))
    people = lock_reviewers(each.reviewer_id for each in team if each.reviewer_id)
    for member in team:
        member.review = review
        if member.reviewer_id:
            member.reviewer = people[member.reviewer_id]
    return team


def _coming(team: Iterable[TeamMember]) -> list[TeamMember]:
    return [each for each in team if each.response in TeamMember.LIVE]


def _asked(team: Iterable[TeamMember]) -> list[TeamMember]:
    return [each for each in _coming(team) if each.reviewer_id]


def _move_holds(review: Review, team: list[TeamMember]) -> None:
    """Hold the new hours for everyone who was asked. Raises RuleBroken naming who is busy then."""
    visit = Visit(review, trust_settings())
    only = [RULE_BY_KEY["free"]]
    asked = _asked(team)
    policies.check_nobody_clashes(
        [
            each.reviewer.first_name
            for each in asked
            if each.reviewer and missing_rules(each.reviewer, visit, only=only)
        ]
    )
    for member in asked:
        member.holds_from, member.holds_until = hold_of(review)
        if member.answer_by is not None:
            member.answer_by = min(member.answer_by, member.holds_from)
        with no_overlap(words.first_name_of(member)):
            member.save(update_fields=["holds_from", "holds_until", "answer_by"])


@transaction.atomic
def confirm(*, review: Review, by: User, now: datetime) -> Review:
    """The visit is agreed with the service. Raises RuleBroken: see check_can_confirm."""
    review = lock_review(review.pk)
    policies.check_can_confirm(review, list(review.team.all()))
    review.status = Review.Status.CONFIRMED
    review.save(update_fields=["status"])
    record("confirmed a review", on=review, by=by, now=now, fields=["status"])
    mark(review)
    return review


@transaction.atomic
def postpone(
    *,
    review: Review,
    to_day: date,
    starts_at: time | None,
    ends_at: time | None,
    by: User,
    now: datetime,
) -> Review:
    """Move the visit to another day and keep the old one on record.

    Everyone is asked again who can be asked for the new day, also those who could not come on the
    old one; staff are told, and say if they cannot come. Raises RuleBroken.
    """
    review = lock_review(review.pk)
    policies.check_can_postpone(review, to_day, starts_at, ends_at, now=now)
    team = team_of(review)
    from_day = review.visit_on
    review.visit_on, review.starts_at, review.ends_at = to_day, starts_at, ends_at
    review.save(update_fields=["visit_on", "starts_at", "ends_at"])
    Postponement.objects.create(review=review, from_day=from_day, to_day=to_day, at=now, by=by)
    record(
        "postponed a review", on=review, by=by, now=now,
        fields=["visit_on", "starts_at", "ends_at"],
    )  # fmt: skip
    mark_months((day, review.service.directorate_id) for day in (from_day, to_day))
    ask_everyone_again(review, team, from_day=from_day, now=now)
    return review


@transaction.atomic
def cancel(*, review: Review, by: User, now: datetime) -> Review:
    """Call the review off, give everyone their time back and tell them. Raises RuleBroken."""
    review = lock_review(review.pk)
    policies.check_can_move(review, Review.Status.CANCELLED)
    review.status = Review.Status.CANCELLED
    review.save(update_fields=["status"])
    record("cancelled a review", on=review, by=by, now=now, fields=["status"])
    mark(review)
    for member in _coming(team_of(review)):
        if member.reviewer_id:
            member.holds_from = member.holds_until = None
            member.save(update_fields=["holds_from", "holds_until"])
        words.tell_cancelled(member, now=now)
    return review
