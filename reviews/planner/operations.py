"""Asking the people whom somebody chose from a plan: each line for itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from reviewers.models import Reviewer
from reviews.models import Review
from reviews.operations import invite_reviewer
from reviews.queries import reviews_of
from rules import RuleBroken


@dataclass
class Accepted:
    """Who was asked, and each line that no longer holds, with its reason."""

    asked: list[Reviewer] = field(default_factory=list)
    refused: list[tuple[Review, Reviewer, str]] = field(default_factory=list)


def accept(*, lines: Iterable[tuple[int, int]], by: User, now: datetime) -> Accepted:
    """Ask the person of each line, review and person, in their order.

    The rules are asked again for each under its locks: what has changed since the plan comes back
    with the reason, the rest goes through. A line that names what is not there is left out.
    """
    wanted = list(dict.fromkeys(lines))
    reviews = reviews_of(by).in_bulk([review for review, _ in wanted])
    people = Reviewer.objects.in_bulk([person for _, person in wanted])
    outcome = Accepted()
    for review_pk, person_pk in wanted:
        review, person = reviews.get(review_pk), people.get(person_pk)
        if review is None or person is None:
            continue
        try:
            invite_reviewer(review=review, reviewer=person, by=by, now=now)
        except RuleBroken as broken:
            outcome.refused.append((review, person, str(broken)))
        else:
            outcome.asked.append(person)
    return outcome
