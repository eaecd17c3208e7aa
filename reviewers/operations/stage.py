"""Moving on: from stage to stage, a pause and its end. Each leaves a dated row of history."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

import accounts.operations
from accounts.models import User
from reviewers import policies
from reviewers.how import How
from reviewers.models import Reviewer, Stage, StageChange
from reviewers.operations.recording import locked, record_on
from reviewers.recruitment_policies import check_can_move_on, check_leaving_reason


@transaction.atomic
def change_stage(
    *,
    reviewer: Reviewer,
    to: Stage,
    by: User,
    now: datetime,
    reason: str = "",
    leaving_reason: str = "",
) -> Reviewer:
    """Move the person to another stage. Asking for the stage they are at changes nothing.

    ``leaving_reason``: a LeavingReason for whoever leaves, who is signed out and cannot sign in any
    more. Raises RuleBroken where there is no way, a step back has no reason, or leaving none from
    the list.
    """
    held = locked(reviewer)
    if held.stage == to:
        return held
    policies.check_can_move(held, to, reason)
    check_leaving_reason(to, leaving_reason)
    _move(held, to, by=by, now=now, note=reason, leaving_reason=leaving_reason)
    fields = ["stage", "leaving_reason"] if leaving_reason else ["stage"]
    record_on(held, "changed stage", by=by, now=now, fields=fields)
    if to == Stage.LEFT and held.user is not None:
        accounts.operations.close_account(user=held.user, by=by, now=now)
    return held


@transaction.atomic
def move_on(
    *, reviewer: Reviewer, start: Stage, to: Stage, note: str = "", by: User, now: datetime
) -> bool:
    """Move the person on from ``start``; whether they moved: False for whoever is there already.

    Raises RuleBroken for whoever is somewhere else by now, and where no way leads on.
    """
    held = locked(reviewer)
    if held.stage == to:
        return False
    check_can_move_on(held, start=start, to=to)
    _move(held, to, by=by, now=now, note=note)
    record_on(held, "changed stage", by=by, now=now, fields=["stage"])
    return True


@transaction.atomic
def pause(
    *,
    reviewer: Reviewer,
    by: User,
    now: datetime,
    until: date | None = None,
    how: How | None = None,
) -> Reviewer:
    """Stop asking this person, until a day or until further notice.

    Visits they said yes to stay on the list of a coordinator, who decides; nothing is released
    by itself. Pausing again changes how long. Raises RuleBroken.
    """
    held = locked(reviewer)
    policies.check_can_pause(held, until=until, today=localdate(now))
    if held.stage == Stage.PAUSED:
        if held.paused_until != until:
            held.paused_until = until
            held.save(update_fields=["paused_until"])
            record_on(held, "changed pause", by=by, now=now, fields=["paused_until"], how=how)
        return held
    _move(held, Stage.PAUSED, by=by, now=now, until=until)
    record_on(held, "paused", by=by, now=now, fields=["stage", "paused_until"], how=how)
    return held


@transaction.atomic
def come_back(
    *,
    reviewer: Reviewer,
    by: User | None,
    now: datetime,
    how: How | None = None,
    note: str = "",
) -> Reviewer:
    """End the pause: back to the stage before it. Raises RuleBroken for someone not paused."""
    held = locked(reviewer)
    policies.check_can_come_back(held)
    _move(held, stage_before_pause(held), by=by, now=now, note=note)
    record_on(held, "came back", by=by, now=now, fields=["stage", "paused_until"], how=how)
    return held


def end_pauses(*, now: datetime) -> int:
    """Bring back everyone whose pause was until a day that is over; how many there were.

    The portal does this by itself. Each person on their own, so that a rerun goes on where the
    last one stopped.
    """
    over = Reviewer.objects.filter(stage=Stage.PAUSED, paused_until__lt=localdate(now))
    count = 0
    for reviewer in over.order_by("pk"):
        with transaction.atomic():
            held = locked(reviewer)
            if held.paused_until is not None and held.paused_until < localdate(now):
                come_back(reviewer=held, by=None, now=now)
                count += 1
    return count


def stage_before_pause(reviewer: Reviewer) -> Stage:
    """Where the pause began; active for a pause that came without its history."""
    began = reviewer.stage_changes.filter(to_stage=Stage.PAUSED).first()
    return Stage(began.from_stage) if began and began.from_stage else Stage.ACTIVE


def _move(
    reviewer: Reviewer,
    to: Stage,
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    until: date | None = None,
    leaving_reason: str = "",
) -> None:
    StageChange.objects.create(
        reviewer=reviewer,
        from_stage=reviewer.stage,
        to_stage=to,
        at=now,
        by=by,
        note=note.strip(),
        leaving_reason=leaving_reason,
    )
    reviewer.stage = to
    reviewer.stage_since = localdate(now)
    reviewer.paused_until = until
    reviewer.save(update_fields=["stage", "stage_since", "paused_until"])
