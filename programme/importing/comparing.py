"""What a file would change: each row new, changed or unchanged; each value edited here is kept.

A value is changed only where the portal still holds what the last import brought (or nothing). A
blank in the file means "not known" and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from checks.history import check_not_loosened
from programme.importing import check_columns
from programme.importing.batch import Batch, Key, Row
from programme.importing.digests import Digests, stored_key
from programme.importing.known import Known
from programme.importing.limits import KEPT_SHOWN
from programme.importing.sheets import CHECKS_UNIT, Column, Sheet
from programme.importing.stored import CHUNK, Stored, load
from programme.models import ImportedRow
from rules import RuleBroken

DEFAULTS = {"Feedback": {"May quote": False}}


@dataclass
class SheetPlan:
    """What one sheet would change."""

    sheet: Sheet
    stored: Stored
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    digests: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """As previews show them."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True)
class Kept:
    """A value that was edited in the portal since the last import, and stays."""

    sheet: str
    row: int
    name: str
    column: str


@dataclass
class Plan:
    """What a file would change, sheet by sheet."""

    batch: Batch
    known: Known
    sheets: dict[str, SheetPlan] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    kept_total: int = 0

    def keep(self, sheet: Sheet, row: Row, column: str) -> None:
        """Count one more; the first are kept to be shown."""
        self.kept_total += 1
        if len(self.kept) < KEPT_SHOWN:
            self.kept.append(Kept(sheet.name, row.number, row.named(sheet), column))

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing is new or changed."""
        return not any(plan.new or plan.changed for plan in self.sheets.values())


def compare(batch: Batch, known: Known) -> Plan:
    """What the file would change; rows that may not be go to the batch's problems."""
    plan = Plan(batch, known)
    for sheet in batch.taking.sheets:
        if sheet.name in batch.rows:
            plan.sheets[sheet.name] = _Comparison(plan, sheet).run()
    return plan


def _bases(sheet: Sheet, keys: Iterable[Key]) -> dict[str, dict[str, str]]:
    """The digests of the last import by row."""
    wanted = [stored_key(key) for key in keys]
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(wanted), CHUNK):
        found |= dict(
            ImportedRow.objects.filter(
                sheet=sheet.name, key__in=wanted[start : start + CHUNK]
            ).values_list("key", "digests")
        )
    return found


class _Comparison:
    """Compares one sheet."""

    def __init__(self, plan: Plan, sheet: Sheet) -> None:
        self.plan = plan
        self.sheet = sheet
        self.digest = Digests()
        self.rows = plan.batch.of(sheet)
        self.result = SheetPlan(sheet, load(sheet, self.rows, plan.known, plan.batch.taking))
        self.bases = _bases(sheet, self.rows)
        self.units: dict[str, list[Column]] = {}
        for column in plan.batch.taking.columns_of(sheet):
            if not column.in_key:
                self.units.setdefault(column.unit_name, []).append(column)

    def run(self) -> SheetPlan:
        """Every row in turn."""
        for key, row in self.rows.items():
            here = self.result.stored.values.get(key)
            base = self.bases.get(stored_key(key))
            if here is not None:
                self._known(row, here, base or {})
            elif base is not None:
                self.plan.keep(self.sheet, row, "the whole row, taken out here")
                self.result.unchanged += 1
            elif self.plan.batch.taking.makes_rows:
                self._new(row)
        return self.result

    def _new(self, row: Row) -> None:
        for name, value in DEFAULTS.get(self.sheet.name, {}).items():
            row.values.setdefault(name, value)
        self.result.new.append(row)
        columns = (self.sheet.by_name[name] for name in row.values)
        self.result.digests[stored_key(row.key)] = {
            column.name: self._digest(row, column, row.values[column.name])
            for column in columns
            if not column.in_key
        }

    def _known(self, row: Row, here: dict[str, Any], base: dict[str, str]) -> None:
        changes: dict[str, Any] = {}
        digests = dict(base)
        for unit, columns in self.units.items():
            said = [column for column in columns if column.name in row.values]
            differing = [
                column
                for column in said
                if column.same(row.values[column.name]) != column.same(here.get(column.name))
            ]
            if unit == CHECKS_UNIT and differing and not self._may_change(row, base, said):
                continue
            if differing and not self._is_as_imported(row, here, base, columns):
                for column in differing:
                    self.plan.keep(self.sheet, row, column.name)
                continue
            if differing:
                brought = {column.name: row.values[column.name] for column in said}
                changes |= self._merged(row, brought) if unit == CHECKS_UNIT else brought
            for column in said:
                digests[column.name] = self._digest(row, column, row.values[column.name])
        if digests != base:
            self.result.digests[stored_key(row.key)] = digests
        if changes:
            self.result.changed.append((row, changes))
        else:
            self.result.unchanged += 1

    def _is_as_imported(
        self, row: Row, here: dict[str, Any], base: dict[str, str], columns: list[Column]
    ) -> bool:
        """Whether the portal holds what the last import brought, or nothing and it brought none."""
        for column in columns:
            value = here.get(column.name)
            last = base.get(column.name)
            if value is None and last is None:
                continue
            if last != self._digest(row, column, value):
                return False
        return True

    def _merged(self, row: Row, brought: dict[str, Any]) -> dict[str, Any]:
        """What a row says of the check it speaks of, whether that is the latest or not."""
        named = (brought.get("DBS level"), brought.get("DBS applied on"))
        checks = self.result.stored.checks.get(row.key, [])
        known = next((each for each in checks if each.named == named), None)
        return check_columns.merged(known, brought)

    def _may_change(self, row: Row, base: dict[str, str], said: list[Column]) -> bool:
        """Whether the check columns are whole and loosen nothing; a loosening is a problem.

        A file that says what it said last time is not a loosening: what was edited here stays.
        """
        whole = self._merged(row, row.values)
        if not {"DBS level", "DBS applied on"} <= whole.keys():
            return False
        if all(
            base.get(column.name) == self._digest(row, column, row.values[column.name])
            for column in said
        ):
            return True
        try:
            check_not_loosened(
                self.result.stored.checks.get(row.key, []), check_columns.standing_of(whole)
            )
        except RuleBroken as broken:
            column = "Risk assessment" if "Risk assessment" in row.values else "DBS result"
            self.plan.batch.wrong(self.sheet, row, column, str(broken))
            return False
        return True

    def _digest(self, row: Row, column: Column, value: Any) -> str:
        return self.digest.of(self.sheet.name, row.key, column.name, column.same(value))
