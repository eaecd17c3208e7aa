"""What people answered, as it was written down elsewhere."""

from typing import Any

from feedback.models import Answer
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known

FIELDS = {
    "Impact": "impact",
    "Supported in training": "support_in_training",
    "Supported on the visit": "support_on_visit",
    "Supported after the visit": "support_after_visit",
    "Comment": "comment",
    "May quote": "may_quote",
    "Received on": "received_on",
}
BLANK = {"Comment": "", "May quote": False}
WORDS = {"Comment", "May quote"}


class Answers:
    """The answers of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan) -> None:
        self.insert = Insert(Answer, "review", "audience", "author", *FIELDS.values(), "how")
        self.update = Update(Answer)
        for row in plan.new:
            review, audience, author = row.key
            self.insert.add(
                Ref("reviews", review),
                audience,
                Ref("reviewers", author) if author else None,
                *(row.values.get(name, BLANK.get(name)) for name in FIELDS),
                Answer.How.IMPORTED,
            )
        for row, changes in plan.changed:
            fields: dict[str, Any] = {FIELDS[name]: value for name, value in changes.items()}
            if WORDS & changes.keys():  # an approval was of other words
                fields |= {"approved_at": None, "approved_by": None}
            self.update.add(plan.stored.ids[row.key], fields)

    def write(self, known: Known) -> None:
        """Write everything; reviews and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
