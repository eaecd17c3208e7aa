"""Uploading a file, looking at what it would do, and bringing it in: each press counts once."""

import io
import json
import uuid
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import Permission
from audit import operations as audit
from jobs.operations import ask
from programme.importing.limits import HOURS_KEPT
from programme.importing.problems import FileRefused, shown
from programme.importing.reading import opened
from programme.importing.running import Outcome, Progress, carry_out, read_and_compare
from programme.importing.taking import Taking
from programme.models import Upload
from rules import RuleBroken

READ, APPLY = "read an import", "bring in an import"


def takings_of(user: User) -> tuple[Taking, ...]:
    """What this user's uploads may take."""
    found = []
    if user.may(Permission.PLAN_REVIEWS):
        found.append(Taking.PROGRAMME)
    if user.may(Permission.EDIT_CHECKS):
        found.append(Taking.CHECKS)
    return tuple(found)


def upload_file(
    *, name: str, content: bytes, taking: Taking, token: uuid.UUID, by: User, now: datetime
) -> Upload:
    """Take a file in and ask for it to be read. The same form sent twice is one upload.

    Raises RuleBroken when this user's uploads may not take that.
    """
    if taking not in takings_of(by):
        message = "You cannot bring this in."
        raise RuleBroken(message)
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                token=token,
                asked_by=by,
                asked_at=now,
                name=shown(name),
                taking=taking,
                content=content,
            )
            _ask(upload, READ, by=by, now=now)
            audit.record("file uploaded", on=upload, by=by, now=now, why=taking.value)
    except IntegrityError:
        upload = Upload.objects.visible_to(by).get(token=token)
    return upload


def read_again(*, upload: Upload, leave_out: Collection[str], by: User, now: datetime) -> None:
    """Read the file again, passing over what was ticked. Once."""
    with transaction.atomic():
        if _move(upload, Upload.State.READY, Upload.State.READING):
            upload.leave_out = sorted(leave_out)
            upload.save(update_fields=["leave_out"])
            _ask(upload, READ, by=by, now=now)


def confirm(*, upload: Upload, by: User, now: datetime) -> None:
    """Ask for the file to be brought in: once, however often it is pressed.

    Raises RuleBroken while a problem is left, and for a file that changes nothing.
    """
    if upload.state == Upload.State.READY:
        _check_can_be_confirmed(found(upload))
    with transaction.atomic():
        if _move(upload, Upload.State.READY, Upload.State.CONFIRMED):
            _ask(upload, APPLY, by=by, now=now)


def abandon(*, upload: Upload, by: User, now: datetime) -> None:
    """Erase a file that is not going to be brought in."""
    with transaction.atomic():
        if upload.state not in {Upload.State.CONFIRMED, Upload.State.DONE}:
            audit.record("file erased", on=upload, by=by, now=now)
            upload.delete()


def forget_uploads(*, now: datetime) -> int:
    """Erase every upload of more than a day ago, whatever became of it; how many there were."""
    with transaction.atomic():
        old = Upload.objects.filter(asked_at__lt=now - timedelta(hours=HOURS_KEPT))
        count = 0
        for upload in old.defer("content", "outcome"):
            audit.record("file erased", on=upload, by=None, now=now)
            upload.delete()
            count += 1
    return count


def read(*, upload: Upload, now: datetime, progress: Progress) -> None:
    """The work behind a preview: read, check, compare, and keep what was found."""
    if upload.state != Upload.State.READING:
        return
    try:
        outcome, _ = read_and_compare(
            _opened(upload),
            taking=Taking(upload.taking),
            by=upload.asked_by,
            leave_out=upload.leave_out,
            now=now,
            progress=progress,
        )
    except FileRefused as refused:
        _end(upload, Upload.State.REFUSED, {"refused": str(refused)})
        return
    _show(upload, as_found(outcome))


def apply(*, upload: Upload, now: datetime, progress: Progress) -> None:
    """The work behind a confirmed import: all of it, or nothing."""
    if upload.state != Upload.State.CONFIRMED:
        return

    def end(outcome: Outcome) -> None:
        _end(upload, Upload.State.DONE, as_found(outcome))

    try:
        outcome = carry_out(
            _opened(upload),
            taking=Taking(upload.taking),
            by=upload.asked_by,
            now=now,
            leave_out=upload.leave_out,
            progress=progress,
            with_it=end,
        )
        if outcome.is_good:
            return
        result = as_found(outcome)
    except FileRefused as refused:
        upload.refresh_from_db()
        result = {**found(upload), "note": str(refused)}
    _show(upload, result)


def as_found(outcome: Outcome) -> dict[str, Any]:
    """What a page shows of an outcome: never a value that its reader may not see."""
    problems = outcome.batch.problems
    return {
        "counts": outcome.counts,
        "problems": [problem.as_json() for problem in problems.first],
        "problems_total": problems.total,
        "skipped": list(outcome.batch.skipped),
        "kept": [asdict(kept) for kept in outcome.plan.kept],
        "kept_total": outcome.plan.kept_total,
    }


def found(upload: Upload) -> dict[str, Any]:
    """What was found in an upload's file, or done with it."""
    stored: dict[str, Any] = json.loads(upload.outcome) if upload.outcome else {}
    return stored


def names_to_leave_out(found: dict[str, Any]) -> list[str]:
    """The sheets and columns that are not known, without which the file can be read again."""
    names = (each["can_leave_out"] for each in found.get("problems", []))
    return list(dict.fromkeys(name for name in names if name))


def changes(found: dict[str, Any]) -> int:
    """How many rows are new or changed."""
    return sum(each["new"] + each["changed"] for each in found.get("counts", {}).values())


def is_file_needed(found: dict[str, Any]) -> bool:
    """Whether the person can go on from what was found without sending the file again."""
    return bool(names_to_leave_out(found) if found.get("problems") else changes(found))


def _check_can_be_confirmed(found: dict[str, Any]) -> None:
    if found.get("problems"):
        message = "Put the problems right first, then upload the file again."
        raise RuleBroken(message)
    if not changes(found):
        message = "This file changes nothing, so there is nothing to bring in."
        raise RuleBroken(message)


def _opened(upload: Upload) -> Callable[[], AbstractContextManager[Any]]:
    content = bytes(upload.content)
    return lambda: opened(io.BytesIO(content))


def _ask(upload: Upload, kind: str, *, by: User, now: datetime) -> None:
    upload.job = ask(kind=kind, by=by, now=now, arguments={"upload": upload.pk})
    upload.save(update_fields=["job"])


def _move(upload: Upload, before: Upload.State, after: Upload.State) -> bool:
    """Move from one state to another; False when somebody was there first."""
    moved = Upload.objects.filter(pk=upload.pk, state=before).update(state=after)
    upload.state = after
    return bool(moved)


def _show(upload: Upload, found: dict[str, Any]) -> None:
    """Keep what was found, to be looked at, and of the file no more than is needed."""
    if is_file_needed(found):
        upload.state, upload.outcome = Upload.State.READY, json.dumps(found)
        upload.save(update_fields=["state", "outcome"])
    else:
        _end(upload, Upload.State.READY, found)


def _end(upload: Upload, state: Upload.State, outcome: dict[str, Any]) -> None:
    upload.state, upload.content, upload.outcome = state, b"", json.dumps(outcome)
    upload.save(update_fields=["state", "content", "outcome"])
