"""An import from end to end: read, check, compare outside a transaction; then one short write."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Max
from django.utils.timezone import localdate

from accounts.models import User
from audit import operations as audit
from audit.models import Event
from checks.models import DBSCheck, RiskAssessment
from feedback.models import Answer
from organisation.models import Service, StaffMember
from organisation.queries import trust_settings
from programme.importing.applying import make_ready
from programme.importing.applying.people import Import
from programme.importing.batch import Batch
from programme.importing.check_columns import check_statements, leave_own_out
from programme.importing.checking import check
from programme.importing.comparing import Plan, compare
from programme.importing.known import Known
from programme.importing.problems import FileRefused
from programme.importing.reading.tables import Table
from programme.importing.references import check_references
from programme.importing.taking import Taking
from programme.importing.visits import Visits
from programme.models import ImportedRow
from reviewers.models import Exclusion, Reviewer
from reviewers.queries import own as own_person
from reviews.models import Review, TeamMember
from rules import RuleBroken
from training.models import Place, Session

Progress = Callable[[int, str], None]
Opened = Callable[[], AbstractContextManager[Iterable[Table]]]

TRIES = 3
WATCHED = (
    Event, LogEntry, Service, StaffMember, Reviewer, Exclusion, DBSCheck, RiskAssessment, Session,
    Place, Review, TeamMember, Answer, ImportedRow,
)  # fmt: skip


class Moved(Exception):  # noqa: N818 - says what happened
    """Somebody changed the programme between comparing and writing."""


@dataclass(frozen=True)
class Outcome:
    """What an import found or did."""

    plan: Plan

    @property
    def batch(self) -> Batch:
        """What was read."""
        return self.plan.batch

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.batch.problems

    @property
    def changes_anything(self) -> bool:
        """Whether any row is new or changed."""
        return any(each["new"] or each["changed"] for each in self.counts.values())

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Rows that are new, changed and unchanged, by sheet."""
        return {name: sheet.counts for name, sheet in self.plan.sheets.items()}


def _quiet(_: int, __: str) -> None:
    """Nobody watches."""


def read_and_compare(
    opened: Opened,
    *,
    taking: Taking,
    by: User | None,
    leave_out: Collection[str],
    now: datetime,
    progress: Progress = _quiet,
) -> tuple[Outcome, Visits]:
    """Everything wrong with a file, and what it would change. Writes nothing.

    Raises FileRefused.
    """
    progress(5, "Reading the file")
    with opened() as tables:
        batch = check(tables, taking=taking, leave_out=leave_out)
    progress(40, "Checking every row")
    me = own_person(by) if by else None
    if me is not None:
        leave_own_out(batch, me.reference)
    check_statements(batch)
    known = Known.load()
    check_references(batch, known, today=localdate(now))
    progress(55, "Comparing with what is here")
    plan = compare(batch, known)
    visits = Visits(plan)
    visits.check()
    return Outcome(plan), visits


def carry_out(
    opened: Opened,
    *,
    taking: Taking,
    by: User | None,
    now: datetime,
    leave_out: Collection[str] = (),
    progress: Progress = _quiet,
    with_it: Callable[[Outcome], None] | None = None,
) -> Outcome:
    """Bring a file in: all of it, or with any problem nothing. ``with_it`` stands or falls with it.

    Somebody who changes the programme meanwhile makes it start over. Raises FileRefused.
    """
    for _ in range(TRIES):
        seen = _fingerprint()
        outcome, visits = read_and_compare(
            opened, taking=taking, by=by, leave_out=leave_out, now=now, progress=progress
        )
        if not outcome.is_good:
            return outcome
        progress(75, "Getting ready to write")
        bringing = Import(by, now, localdate(now), trust_settings())
        steps = make_ready(outcome.plan, visits, bringing)
        progress(85, "Writing")
        try:
            with transaction.atomic():
                _hold_writers()
                if _fingerprint() != seen:
                    raise Moved
                for step in steps:
                    step(outcome.plan.known)
                if outcome.changes_anything:
                    on = by or trust_settings()  # the command line has no user
                    audit.record("programme imported", on=on, by=by, now=now, why=taking.value)
                if with_it is not None:
                    with_it(outcome)
        except (Moved, IntegrityError, RuleBroken):
            continue
        return outcome
    message = (
        "The programme was being changed while the file was brought in, so nothing was stored. "
        "Try again in a minute."
    )
    raise FileRefused(message)


def _hold_writers() -> None:
    """On PostgreSQL, keep others from writing until the end; on SQLite this holds already."""
    if connection.vendor == "postgresql":
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table)
            for model in WATCHED
            if model not in {Event, LogEntry}
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _rows(model: Any) -> Any:
    if model is Event:  # asking for long work changes nothing of the programme
        return Event.objects.order_by().exclude(action__startswith="asked for")
    return model._default_manager.order_by()


def _fingerprint() -> tuple[tuple[Any, int], ...]:
    """What every change leaves a trace in: the audit, the admin's log, the rows themselves."""
    found: list[tuple[Any, int]] = []
    for model in WATCHED:
        rows = _rows(model)
        if model is Answer:  # random keys; its author may change the permission without an event
            changed = rows.aggregate(last=Max("quote_changed_on"), count=Count("quote_changed_on"))
            found.append((tuple(changed.values()), rows.count()))
            continue
        last = rows.aggregate(last=Max("pk"))["last"]
        recent = rows.filter(pk__gt=(last or 0) - 1000) if model in {Event, LogEntry} else rows
        found.append((last, recent.aggregate(count=Count("pk"))["count"]))
    return tuple(found)
