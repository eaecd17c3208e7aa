"""What is done to several people at once: each on their own, so that nobody holds others up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from reviewers.models import Reviewer, Stage
from reviewers.operations.details import give_account
from reviewers.operations.role_description import remind_to_sign
from reviewers.operations.stage import move_on
from rules import RuleBroken


@dataclass(frozen=True)
class Outcome:
    """What became of one person of many: done, or why not. Neither: it was so already."""

    reviewer: Reviewer
    is_done: bool
    why_not: str = ""


def move_on_together(
    *,
    reviewers: Iterable[Reviewer],
    start: Stage,
    to: Stage,
    note: str = "",
    by: User,
    now: datetime,
) -> list[Outcome]:
    """Move several people on, with the same note."""

    def move(reviewer: Reviewer) -> bool:
        return move_on(reviewer=reviewer, start=start, to=to, note=note, by=by, now=now)

    return _each(reviewers, move)


def give_accounts(*, reviewers: Iterable[Reviewer], by: User, now: datetime) -> list[Outcome]:
    """Let several people sign in, each told how. Who can already is left as they are."""

    def give(reviewer: Reviewer) -> bool:
        if reviewer.user is not None and reviewer.user.is_active:
            return False
        give_account(reviewer=reviewer, by=by, now=now)
        return True

    return _each(reviewers, give)


def remind_together(*, reviewers: Iterable[Reviewer], by: User, now: datetime) -> list[Outcome]:
    """Remind several people of the role description. Who was asked today is left in peace."""

    def remind(reviewer: Reviewer) -> bool:
        return remind_to_sign(reviewer=reviewer, by=by, now=now)

    return _each(reviewers, remind)


def _each(reviewers: Iterable[Reviewer], one: Callable[[Reviewer], bool]) -> list[Outcome]:
    outcomes = []
    for reviewer in reviewers:
        try:
            with transaction.atomic():
                outcomes.append(Outcome(reviewer, is_done=one(reviewer)))
        except RuleBroken as broken:
            outcomes.append(Outcome(reviewer, is_done=False, why_not=str(broken)))
    return outcomes
