"""Reviewers: who they are, what they told us, how far they are; and their checks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.operations import close_account
from audit.models import Event
from checks.history import take_over
from organisation.models import TrustSettings
from programme.importing import check_columns
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.batch import Row
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known
from programme.importing.sheets import CHECK_NAMES
from programme.importing.stored import chunks
from reviewers.models import AccessNeed, Exclusion, Experience, Reviewer, Stage, StageChange

NOTE = "Imported"
# A file says since when somebody is in the programme, not since when they are away from it
AWAY = frozenset({Stage.PAUSED, Stage.LEFT})
FIELDS = {
    "First name": "first_name",
    "Last name": "last_name",
    "Email": "email",
    "Phone": "phone",
    "Preferred contact": "preferred_contact",
    "Joined on": "joined_on",
    "Stage": "stage",
    "Experience": "experience",
    "Support needs": "access_needs",
    "Role description signed on": "role_description_signed_on",
}


@dataclass(frozen=True)
class Import:
    """Who brings the file in, and when."""

    by: User | None
    now: datetime
    today: date
    trust: TrustSettings

    @property
    def actor_id(self) -> int | None:
        """As an audit event names them."""
        return self.by.pk if self.by else None


class People:
    """The reviewers of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan, bringing: Import) -> None:
        self.plan = plan
        self.bringing = bringing
        today = bringing.today
        self.insert = Insert(Reviewer, "reference", *FIELDS.values(), "stage_since")
        self.stages = Insert(StageChange, "reviewer", "from_stage", "to_stage", "at", "by", "note")
        self.update = Update(Reviewer)
        self.events = Insert(
            Event,
            "at", "kind", "action", "actor_id", "object_type", "object_id", "person_id", "fields",
        )  # fmt: skip
        for row in plan.new:
            values = {name: row.values.get(name, "") for name in FIELDS}
            values["Preferred contact"] = values["Preferred contact"] or _preferred(values)
            values["Role description signed on"] = values["Role description signed on"] or None
            since = today if values["Stage"] in AWAY else values["Joined on"]
            self.insert.add(row.values["Reference"], *(values[name] for name in FIELDS), since)
            self._stage(row.key[0], "", values["Stage"])
        for row, changes in plan.changed:
            fields = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
            if "Stage" in changes:
                before = plan.stored.values[row.key]["Stage"]
                fields |= {"stage_since": today, "paused_until": None}
                self._stage(row.key[0], before, changes["Stage"])
            self.update.add(plan.stored.ids[row.key], fields)

    def _stage(self, reference: str, before: str, after: str) -> None:
        person = Ref("reviewers", reference)
        self.stages.add(person, before, after, self.bringing.now, self.bringing.actor_id, NOTE)

    def write(self, known: Known) -> None:
        """Write everything; services and directorates are known by now."""
        self.insert.write(known)
        self.update.write(known)
        known.refresh("reviewers")
        self.stages.write(known)
        self._close_accounts()
        brought = [(row, row.values) for row in self.plan.new] + self.plan.changed
        _write_names(
            Experience, "directorate_id", known.directorates, known,
            {row.key[0]: values["Experience of"] for row, values in brought
             if "Experience of" in values},
            kinds={row.key[0]: self._kind(row, values) for row, values in brought},
        )  # fmt: skip
        _share_no_new_words(
            [known.reviewers[row.key[0]] for row, values in brought if "Support needs" in values]
        )
        _write_names(
            Exclusion, "service_id", known.services, known,
            {row.key[0]: values["Not to visit"] for row, values in brought
             if "Not to visit" in values},
        )  # fmt: skip
        take_over(
            {
                known.reviewers[row.key[0]]: check_columns.standing_of(values)
                for row, values in brought
                if "DBS level" in values
            },
            trust=self.bringing.trust,
            by=self.bringing.by,
            now=self.bringing.now,
        )
        self._record(known)

    def _close_accounts(self) -> None:
        """Whoever left by this file cannot sign in any more."""
        gone = [
            self.plan.stored.ids[row.key]
            for row, changes in self.plan.changed
            if changes.get("Stage") == Stage.LEFT
        ]
        for ids in chunks(gone):
            people = Reviewer.objects.filter(pk__in=ids, user__is_active=True)
            for person in people.select_related("user"):
                if person.user is not None:
                    close_account(user=person.user, by=self.bringing.by, now=self.bringing.now)

    def _kind(self, row: Row, values: dict[str, Any]) -> str:
        """As what they know each service: as the file says overall, where that is one thing."""
        here = self.plan.stored.values.get(row.key, {})
        overall: str = values.get("Experience", here.get("Experience", ""))
        return "" if overall == Reviewer.Experience.BOTH else overall

    def _record(self, known: Known) -> None:
        model = Reviewer._meta.label_lower
        new = {row.key for row in self.plan.new}
        for row, values in [(row, row.values) for row in self.plan.new] + self.plan.changed:
            fields = sorted(set(values) - CHECK_NAMES - {"Reference"})
            if not fields:
                continue  # a check alone: recorded with the check
            pk = known.reviewers[row.key[0]]
            self.events.add(
                self.bringing.now, Event.Kind.DONE,
                "person imported" if row.key in new else "person changed by import",
                self.bringing.actor_id, model, str(pk), pk, fields,
            )  # fmt: skip
        self.events.write(known)


def _preferred(values: dict[str, Any]) -> str:
    """How to reach somebody who said nothing of it: by what there is."""
    if values["Email"]:
        return "email"
    return "phone" if values["Phone"] else "post"


def _write_names(
    model: type[Any],
    column: str,
    ids: dict[str, int],
    known: Known,
    names: dict[str, tuple[str, ...]],
    kinds: dict[str, str] | None = None,
) -> None:
    """Make each reviewer's list what the file says; ``kinds``: as what they know their services.

    What a person agreed to here is theirs: no file takes it away.
    """
    wanted = {
        (known.reviewers[reference], ids[name.lower()])
        for reference, each in names.items()
        for name in each
    }
    people = [known.reviewers[reference] for reference in names]
    here: dict[tuple[int, int], int] = {}
    for start in range(0, len(people), 900):
        for pk, reviewer, other in model.objects.filter(
            reviewer_id__in=people[start : start + 900]
        ).values_list("pk", "reviewer_id", column):
            here[(reviewer, other)] = pk
    gone = [pk for pair, pk in here.items() if pair not in wanted]
    stays = {} if kinds is None else {"consented_at__isnull": True}
    for start in range(0, len(gone), 900):
        model.objects.filter(pk__in=gone[start : start + 900], **stays).delete()
    more = [] if kinds is None else ["kind"]
    kind_of = {known.reviewers[reference]: kind for reference, kind in (kinds or {}).items()}
    insert = Insert(model, "reviewer", column.removesuffix("_id"), *more)
    for reviewer, other in sorted(wanted - here.keys()):
        insert.add(reviewer, other, *([] if kinds is None else [kind_of[reviewer]]))
    insert.write(known)


def _share_no_new_words(people: list[int]) -> None:
    """Words that a file brings were not what the person agreed to share."""
    for start in range(0, len(people), 900):
        AccessNeed.objects.filter(
            reviewer_id__in=people[start : start + 900], kind=AccessNeed.Kind.OTHER
        ).update(is_shared=False)
