"""Visits as they will be after an import: who leads them, and whose day they take."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from programme.importing.batch import Key, Row
from programme.importing.comparing import Plan, SheetPlan
from programme.importing.sheets import REVIEWS, TEAMS
from programme.importing.stored import load
from reviews.holds import hold_of
from reviews.models import Review, TeamMember

Hold = tuple[datetime, datetime]
TIMES = ("Visit on", "Start", "End", "Status")


class Visits:
    """The reviews and teams of a plan as they will be."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.reviews = _after(plan.sheets.get(REVIEWS.name))
        self.members = _after(plan.sheets.get(TEAMS.name))
        wanted = {(key[0],) for key in self.members} - self.reviews.keys()
        self.reviews |= load(REVIEWS, wanted, plan.known, plan.batch.taking).values
        self.moved = _moved(plan.sheets.get(REVIEWS.name))

    def hold(self, review: str, role: str, response: str) -> Hold | None:
        """The time a member's answer keeps free, if it does."""
        values = self.reviews.get((review,), {})
        if role not in {"lxr", "shadow", "reserve"} or response not in TeamMember.LIVE:
            return None
        if values.get("Status") not in Review.COMING or "Visit on" not in values:
            return None
        return hold_of(
            Review(
                visit_on=values["Visit on"],
                starts_at=values.get("Start"),
                ends_at=values.get("End"),
            )
        )

    def new_and_changed(self) -> Iterable[tuple[Row, dict[str, Any]]]:
        """The rows of Teams that will be written, with all their values."""
        teams = self.plan.sheets.get(TEAMS.name)
        if teams is None:
            return
        for row in teams.new:
            yield row, row.values
        for row, _ in teams.changed:
            yield row, self.members[row.key]

    def check(self) -> None:
        """Add a problem for each second lead and each day taken twice."""
        self._check_leads()
        self._check_holds()

    def _check_leads(self) -> None:
        batch = self.plan.batch
        here = load(
            TEAMS, [row.key for row, _ in self.new_and_changed()], self.plan.known, batch.taking
        )
        leads = {key[0]: key[1] for key, each in here.values.items() if each["Role"] == "lead"}
        for row, values in self.new_and_changed():
            review, member = row.key
            named = str(self.reviews.get((review,), {}).get("Lead", "")).lower()
            in_file = (review,) in batch.of(REVIEWS)
            current = leads.get(review)
            stays = current and self.members.get((review, current), {}).get("Role") in {
                None,
                "lead",
            }
            if values.get("Role") == "lead" and in_file and named and named != member:
                batch.wrong(TEAMS, row, "Role", "another role: the sheet Reviews has another lead")
            elif values.get("Role") not in {"lead", None} and in_file and named == member:
                batch.wrong(TEAMS, row, "Role", "lead, as the sheet Reviews says")
            elif values.get("Role") == "lead" and not in_file and stays and current != member:
                batch.wrong(TEAMS, row, "Role", "another role: this review has a lead")
            elif values.get("Role") == "lead":
                leads[review] = member

    def _check_holds(self) -> None:
        holds: dict[str, dict[str, tuple[Hold, Row | None]]] = defaultdict(dict)
        start: Any
        end: Any
        for reviewer, review, start, end in TeamMember.objects.filter(
            holds_from__isnull=False, holds_until__isnull=False
        ).values_list("reviewer__reference", "review__reference", "holds_from", "holds_until"):
            holds[str(reviewer).lower()][review.lower()] = ((start, end), None)
        for reviewer, by_review in holds.items():
            for review in self.moved.keys() & by_review.keys():
                self._move(by_review, reviewer, review)
        for row, values in self.new_and_changed():
            review, member = row.key
            hold = self.hold(review, values.get("Role", ""), values.get("Response", ""))
            if hold:
                holds[member][review] = (hold, row)
            else:
                holds.get(member, {}).pop(review, None)
        for by_review in holds.values():
            self._check_one(sorted(by_review.values(), key=lambda each: each[0]))

    def _move(
        self, by_review: dict[str, tuple[Hold, Row | None]], reviewer: str, review: str
    ) -> None:
        hold = self.hold(review, "lxr", TeamMember.Response.ACCEPTED)
        if hold is None:
            del by_review[review]
        else:
            by_review[review] = (hold, self.moved[review])

    def _check_one(self, entries: list[tuple[Hold, Row | None]]) -> None:
        for (earlier, first), (later, second) in pairwise(entries):
            row = second or first
            if later[0] < earlier[1] and row is not None:
                is_member = len(row.key) > 1
                self.plan.batch.wrong(
                    TEAMS if is_member else REVIEWS,
                    row,
                    "Member" if is_member else "Visit on",
                    "nobody on two coming visits that overlap",
                )


def _after(plan: SheetPlan | None) -> dict[Key, dict[str, Any]]:
    """The rows of a sheet as they will be."""
    if plan is None:
        return {}
    after = dict(plan.stored.values)
    for row in plan.new:
        after[row.key] = row.values
    for row, changes in plan.changed:
        after[row.key] = {**after[row.key], **changes}
    return after


def _moved(plan: SheetPlan | None) -> dict[str, Row]:
    """The reviews whose day, times or status change."""
    if plan is None:
        return {}
    return {
        row.key[0]: row for row, changes in plan.changed if any(name in changes for name in TIMES)
    }
