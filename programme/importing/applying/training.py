"""Sessions and who attended them."""

from programme.importing.applying.people import Import
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known
from training.models import Place, Session
from training.operations import keep_dates, open_before_the_day

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
        self.insert = Insert(Session, "code", *FIELDS.values())
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
            )
        for row, changes in plan.changed:
            fields = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
            self.update.add(plan.stored.ids[row.key], fields)

    def write(self, known: Known) -> None:
        """Write everything; staff and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
        known.refresh("sessions")
        for row, values in [(row, row.values) for row in self.plan.new] + self.plan.changed:
            session = Session(pk=known.sessions[row.key[0]])
            if "Staff facilitator" in values:
                name = values["Staff facilitator"]
                session.staff_facilitators.set([known.staff[name.lower()]] if name else [])
            if "Co-facilitators" in values:
                session.co_facilitators.set(
                    known.reviewers[name.lower()] for name in values["Co-facilitators"]
                )
        changed = [known.sessions[row.key[0]] for row, _ in self.plan.changed]
        keep_dates(changed)
        open_before_the_day(changed)


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
            outcome = {"outcome": changes["Outcome"], "followed_up_on": None, "cancelled_at": None}
            self.update.add(plan.stored.ids[row.key], outcome)

    def write(self, known: Known) -> None:
        """Write everything; sessions and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
