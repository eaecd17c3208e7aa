"""Sessions and who attended them."""

from typing import Any

from programme.importing.applying.people import Import
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known
from training.models import Place, Session

FIELDS = {
    "Title": "title",
    "Held on": "held_on",
    "Kind": "kind",
    "Venue": "venue",
    "Capacity": "capacity",
}


class Sessions:
    """The sessions of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan) -> None:
        self.plan = plan
        self.insert = Insert(Session, "code", *FIELDS.values(), "staff_facilitator")
        self.update = Update(Session)
        for row in plan.new:
            values = row.values
            self.insert.add(
                values["Code"],
                values["Title"],
                values["Held on"],
                values["Kind"],
                values.get("Venue", ""),
                values.get("Capacity"),
                _facilitator(values),
            )
        for row, changes in plan.changed:
            fields = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
            if "Staff facilitator" in changes:
                fields["staff_facilitator"] = _facilitator(changes)
            self.update.add(plan.stored.ids[row.key], fields)

    def write(self, known: Known) -> None:
        """Write everything; staff and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
        known.refresh("sessions")
        for row, values in [(row, row.values) for row in self.plan.new] + self.plan.changed:
            if "Co-facilitators" in values:
                session = Session(pk=known.sessions[row.key[0]])
                session.co_facilitators.set(
                    known.reviewers[name.lower()] for name in values["Co-facilitators"]
                )


def _facilitator(values: dict[str, Any]) -> Ref | None:
    name = values.get("Staff facilitator")
    return Ref("staff", name.lower()) if name else None


class Places:
    """The places of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan, bringing: Import) -> None:
        self.insert = Insert(Place, "session", "reviewer", "outcome", "booked_at")
        self.update = Update(Place)
        for row in plan.new:
            session, reviewer = row.key
            self.insert.add(
                Ref("sessions", session),
                Ref("reviewers", reviewer),
                row.values["Outcome"],
                bringing.now,
            )
        for row, changes in plan.changed:
            self.update.add(plan.stored.ids[row.key], {"outcome": changes["Outcome"]})

    def write(self, known: Known) -> None:
        """Write everything; sessions and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
