"""What people do with a plan: keep a line, let it go, ask those they chose, have one worked out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from jobs import operations as jobs
from jobs.models import Job
from jobs.queries import jobs_of
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviews.eligibility import RULES, Visit, counts_towards_cap, missing_rules
from reviews.models import Review
from reviews.operations import invite_reviewer
from reviews.operations.locks import lock_review, lock_reviewers
from reviews.planner.models import KeptProposal
from reviews.planner.policies import (
    Moved,
    check_can_keep,
    check_has_not_moved,
    check_wants_another,
)
from reviews.planner.world import ALONE
from reviews.policies import RulesMissing, check_can_ask_anyone
from reviews.queries import reviews_of
from reviews.queries.places import count_lxrs
from rules import RuleBroken

WORK_OUT = "work out a plan"
ASK = "ask the people of a plan"


@dataclass(frozen=True)
class Refused:
    """A line that no longer holds, and why: the ``rules`` that the person misses, or a sentence.

    ``{name}`` in it stands for the person's first name. Rules stand by their keys, and are put in
    words where they are shown to those who plan.
    """

    review: int
    person: int
    why: str = ""
    rules: tuple[str, ...] = ()


@dataclass
class Accepted:
    """Who was asked, by visit and person, and each line that no longer holds."""

    asked: list[tuple[int, int]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def accept(
    *,
    lines: Iterable[tuple[int, int]],
    days: Mapping[tuple[int, int], str] | None = None,
    by: User,
    now: datetime,
    progress: Callable[[int, str], None] = lambda per_cent, step: None,
) -> Accepted:
    """Ask the person of each line, visit and person by id, in their order.

    Each line is a transaction of its own: under its locks it is asked again whether the visit
    still wants somebody and whether the person may go. What has changed since the plan comes back
    with the reason, the rest goes through. Who is asked, or cannot be, is kept no more. A line
    that names what is not there is left out. ``days``: for which day each was planned; a visit
    that has moved since is not what was agreed to.
    """
    wanted = list(dict.fromkeys(lines))
    reviews = reviews_of(by).in_bulk([review for review, _ in wanted])
    people = Reviewer.objects.in_bulk([person for _, person in wanted])
    outcome = Accepted()
    for number, (review_pk, person_pk) in enumerate(wanted):
        progress(100 * number // len(wanted), f"Asking person {number + 1} of {len(wanted)}")
        review, person = reviews.get(review_pk), people.get(person_pk)
        if review is None or person is None:
            continue
        try:
            day = (days or {}).get((review_pk, person_pk), "")
            _ask(review=review, person=person, planned_for=day, by=by, now=now)
        except RulesMissing as broken:
            outcome.refused.append(Refused(review_pk, person_pk, rules=tuple(broken.keys)))
            _forget(review, person)
        except RuleBroken as broken:
            why = str(broken).replace(person.first_name, "{name}")
            outcome.refused.append(Refused(review_pk, person_pk, why))
            if not isinstance(broken, Moved):
                _forget(review, person)
        else:
            outcome.asked.append((review_pk, person_pk))
    return outcome


@transaction.atomic
def _ask(*, review: Review, person: Reviewer, planned_for: str, by: User, now: datetime) -> None:
    held = lock_review(review.pk)
    check_can_ask_anyone(held, now)
    check_has_not_moved(held, planned_for=planned_for)
    check_wants_another(held, lxrs=count_lxrs(held))
    invite_reviewer(review=held, reviewer=person, by=by, now=now)
    _forget(held, person)


def _forget(review: Review, person: Reviewer) -> None:
    KeptProposal.objects.filter(review=review, reviewer=person).delete()


@transaction.atomic
def keep(
    *,
    review: Review,
    reviewer: Reviewer,
    instead_of: Reviewer | None = None,
    by: User,
    now: datetime,
) -> KeptProposal:
    """Keep this person for the visit, whatever else is planned; nobody is asked yet.

    ``instead_of``: who was kept for the place before. Who is kept already stays it. Raises
    RuleBroken where the person cannot go, the places are taken, or they are kept for another visit
    too close to it.
    """
    review = lock_review(review.pk)
    check_can_ask_anyone(review, now)
    lock_reviewers([reviewer.pk])
    if instead_of is not None and instead_of != reviewer:
        _forget(review, instead_of)
    there = KeptProposal.objects.filter(review=review, reviewer=reviewer).first()
    if there is not None:
        return there
    trust = trust_settings()
    # Whoever needs company has it where the visit wants two.
    only = [rule for rule in RULES if rule != ALONE or review.lxrs_wanted == 1]
    kept = KeptProposal.objects.filter(review=review).count()
    check_can_keep(
        review,
        reviewer,
        missing=missing_rules(reviewer, Visit(review, trust), only=only),
        taken=count_lxrs(review) + kept,
        others=_kept_elsewhere(review, reviewer),
        room=reviewer.visits_a_month - _visits_in_month(reviewer, review.visit_on),
        rest_days=trust.rest_days,
    )
    found = KeptProposal.objects.create(review=review, reviewer=reviewer, kept_at=now, kept_by=by)
    record("kept a proposal", on=found, by=by, now=now, about=reviewer.pk)
    return found


def _kept_elsewhere(review: Review, reviewer: Reviewer) -> list[KeptProposal]:
    others = KeptProposal.objects.filter(reviewer=reviewer, review__status__in=Review.COMING)
    return list(others.exclude(review=review).select_related("review__service"))


def _visits_in_month(reviewer: Reviewer, day: date) -> int:
    first = day.replace(day=1)
    visits = counts_towards_cap().filter(reviewer=reviewer, review__visit_on__gte=first)
    return visits.filter(review__visit_on__lt=first + relativedelta(months=1)).count()


@transaction.atomic
def let_go(*, kept: KeptProposal, by: User, now: datetime) -> None:
    """Let the planner choose again for this place. Doing it twice changes nothing."""
    held = KeptProposal.objects.select_for_update().filter(pk=kept.pk).first()
    if held is None:
        return
    record("let a proposal go", on=held, by=by, now=now, about=held.reviewer_id)
    held.delete()


def ask_for_plan(*, first: date, last: date, by: User, now: datetime) -> Job:
    """Have the plan of a large window worked out. Raises RuleBroken for a window that is over."""
    if last <= localdate(now):
        message = "Choose a last day that is still to come."
        raise RuleBroken(message)
    arguments = {"first": first.isoformat(), "last": last.isoformat()}
    return _ask_once(kind=WORK_OUT, arguments=arguments, by=by, now=now)


def ask_everybody(
    *,
    lines: Iterable[tuple[int, int]],
    days: Mapping[tuple[int, int], str] | None = None,
    by: User,
    now: datetime,
) -> Job:
    """Have the people of many lines asked, one after the other; ``days`` as in ``accept``."""
    arguments = {"lines": [[*each, (days or {}).get(each, "")] for each in lines]}
    return _ask_once(kind=ASK, arguments=arguments, by=by, now=now)


def _ask_once(*, kind: str, arguments: dict[str, Any], by: User, now: datetime) -> Job:
    """The same work that this user waits for already, or new work."""
    waiting = jobs_of(by).unfinished().filter(kind=kind, arguments=arguments)
    return waiting.first() or jobs.ask(kind=kind, by=by, now=now, arguments=arguments)
