"""Writing a plan: made ready outside the transaction, then written in one short one."""

from collections.abc import Callable
from typing import Any

from programme.importing.applying.feedback import Answers
from programme.importing.applying.moves import record_moves
from programme.importing.applying.organisation import write_services, write_staff
from programme.importing.applying.people import Import, People
from programme.importing.applying.training import Places, Sessions
from programme.importing.applying.visits import Reviews, Teams, settle
from programme.importing.applying.writing import Insert
from programme.importing.comparing import Plan
from programme.importing.known import Known
from programme.importing.sheets import (
    ATTENDANCE,
    FEEDBACK,
    REVIEWERS,
    REVIEWS,
    SERVICES,
    STAFF,
    TEAMS,
    TRAINING,
)
from programme.importing.stored import chunks
from programme.importing.visits import Visits
from programme.models import ImportedRow

Step = Callable[[Known], None]


def make_ready(plan: Plan, visits: Visits, bringing: Import) -> list[Step]:
    """Everything that writing needs, in the order of what needs what. Writes nothing."""
    steps: list[Step] = []
    sheets = plan.sheets
    if SERVICES.name in sheets:
        steps.append(lambda known: write_services(sheets[SERVICES.name], known))
    if STAFF.name in sheets:
        steps.append(lambda known: write_staff(sheets[STAFF.name], known))
    if REVIEWERS.name in sheets:
        steps.append(People(sheets[REVIEWERS.name], bringing).write)
    if TRAINING.name in sheets:
        steps.append(Sessions(sheets[TRAINING.name]).write)
    if ATTENDANCE.name in sheets:
        steps.append(Places(sheets[ATTENDANCE.name], bringing).write)
    if REVIEWS.name in sheets:
        steps.append(Reviews(sheets[REVIEWS.name]).write)
    if REVIEWS.name in sheets or TEAMS.name in sheets:
        steps.append(Teams(plan, visits).write)
    if FEEDBACK.name in sheets:
        steps.append(Answers(sheets[FEEDBACK.name]).write)
    steps.append(lambda known: settle(plan, known))
    steps.append(lambda known: record_moves(plan, visits, bringing, known))
    steps.append(_Remembered(plan).write)
    return steps


class _Remembered:
    """The digests of what was brought, for the next import."""

    def __init__(self, plan: Plan) -> None:
        self.insert = Insert(ImportedRow, "sheet", "key", "digests")
        gone: list[int] = []
        for name, sheet in plan.sheets.items():
            here = _remembered_ids(name, set(sheet.digests))
            gone += here
            for key, digests in sheet.digests.items():
                self.insert.add(name, key, digests)
        self.gone = gone

    def write(self, known: Known) -> None:
        """Replace the rows."""
        for ids in chunks(self.gone):
            ImportedRow.objects.filter(pk__in=ids).delete()
        self.insert.write(known)


def _remembered_ids(sheet: str, keys: set[Any]) -> list[int]:
    wanted = sorted(keys)
    found: list[int] = []
    for start in range(0, len(wanted), 900):
        found += ImportedRow.objects.filter(
            sheet=sheet, key__in=wanted[start : start + 900]
        ).values_list("pk", flat=True)
    return found
