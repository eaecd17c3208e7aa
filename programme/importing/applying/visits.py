"""Reviews, their leads and their teams; which months' figures they change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from organisation.models import Service
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.comparing import Plan, SheetPlan
from programme.importing.known import Known
from programme.importing.sheets import FEEDBACK, REVIEWS, SERVICES, TEAMS
from programme.importing.stored import chunks
from programme.importing.visits import Visits
from reviews.changed import mark_months
from reviews.models import Review, TeamMember
from training.queries.questions import newest_set

FIELDS = {
    "Visit on": "visit_on",
    "Status": "status",
    "Start": "starts_at",
    "End": "ends_at",
    "Meet at": "meet_at",
    "Ring on the day": "ring_on_the_day",
    "Gap reason": "gap_reason",
}
TEXTS = ("Meet at", "Ring on the day", "Gap reason")
Response = TeamMember.Response


class Reviews:
    """The reviews of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan) -> None:
        self.insert = Insert(Review, "reference", "service", "question_set", *FIELDS.values())
        self.update = Update(Review)
        newest = newest_set() if plan.new else None
        for row in plan.new:
            values = row.values
            is_coming = values["Status"] in Review.COMING
            self.insert.add(
                values["Reference"],
                Ref("services", values["Service"].lower()),
                newest.pk if newest and is_coming else None,
                *(values.get(name, "" if name in TEXTS else None) for name in FIELDS),
            )
        for row, changes in plan.changed:
            fields = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
            if "Service" in changes:
                fields["service"] = Ref("services", changes["Service"].lower())
            self.update.add(plan.stored.ids[row.key], fields)

    def write(self, known: Known) -> None:
        """Write everything; services are known by now."""
        self.insert.write(known)
        self.update.write(known)
        known.refresh("reviews")


class Teams:
    """Everybody who is put on a team or changed there, and the leads that reviews name."""

    def __init__(self, plan: Plan, visits: Visits) -> None:
        self.plan = plan
        self.visits = visits
        self.insert = Insert(
            TeamMember,
            "review", "reviewer", "staff", "role", "response", "attended",
            "holds_from", "holds_until",
        )  # fmt: skip
        self.demote, self.update, self.move = (Update(TeamMember) for _ in range(3))
        teams = plan.sheets.get(TEAMS.name)
        for row in teams.new if teams else ():
            review, member = row.key
            values = row.values
            is_staff = values["Role"] in {"lead", "staff"}
            hold = visits.hold(review, values["Role"], values["Response"]) or (None, None)
            self.insert.add(
                Ref("reviews", review),
                None if is_staff else Ref("reviewers", member),
                Ref("staff", member) if is_staff else None,
                values["Role"],
                values["Response"],
                values.get("Attended"),
                *hold,
            )
        for row, changes in teams.changed if teams else ():
            self._change(teams.stored.ids[row.key], row.key, changes)  # type: ignore[union-attr]  # looped over

    def _change(self, pk: int, key: tuple[str, ...], changes: dict[str, Any]) -> None:
        values = self.visits.members[key]
        hold = self.visits.hold(key[0], values["Role"], values["Response"]) or (None, None)
        fields = {name.lower(): value for name, value in changes.items()}
        fields["holds_from"], fields["holds_until"] = hold
        if {"role", "response"} & fields.keys():  # what was kept of the answer before
            fields |= {"answer_by": None, "called_at": None, "taken_back": "", "why_not": ""}
        is_demotion = fields.get("role", "lead") != "lead"
        (self.demote if is_demotion else self.update).add(pk, fields)

    def write(self, known: Known) -> None:
        """Write everything; reviews, reviewers and staff are known by now."""
        leads = self._leads(known)
        self._step_down(leads)
        self.demote.write(known)
        self.update.write(known)
        self.insert.write(known)
        self._lead(leads)
        self._move_holds(known)

    def _leads(self, known: Known) -> dict[int, int]:
        """Who leads which review, by id, where the file says so anew."""
        reviews = self.plan.sheets.get(REVIEWS.name)
        if reviews is None:
            return {}
        named = [(row.key[0], row.values) for row in reviews.new]
        named += [(row.key[0], changes) for row, changes in reviews.changed]
        return {
            known.reviews[review]: known.staff[values["Lead"].lower()]
            for review, values in named
            if "Lead" in values
        }

    def _step_down(self, leads: dict[int, int]) -> None:
        """Whoever led these reviews until now stays on the team as staff."""
        for ids in chunks(leads):
            for member in TeamMember.objects.filter(review_id__in=ids, role=TeamMember.Role.LEAD):
                if member.staff_id != leads[member.review_id]:
                    TeamMember.objects.filter(pk=member.pk).update(role=TeamMember.Role.STAFF)

    def _lead(self, leads: dict[int, int]) -> None:
        """Put each lead on the team, unless they are there."""
        here: dict[tuple[int, int], TeamMember] = {}
        for ids in chunks(leads):
            for member in TeamMember.objects.filter(review_id__in=ids, staff__isnull=False):
                here[(member.review_id, member.staff_id or 0)] = member
        missing = []
        for review, staff in leads.items():
            found = here.get((review, staff))
            if found is None:
                missing.append(
                    TeamMember(
                        review_id=review,
                        staff_id=staff,
                        role=TeamMember.Role.LEAD,
                        response=Response.ACCEPTED,
                    )
                )
            elif found.role != TeamMember.Role.LEAD:
                TeamMember.objects.filter(pk=found.pk).update(
                    role=TeamMember.Role.LEAD, response=Response.ACCEPTED, taken_back=""
                )
        TeamMember.objects.bulk_create(missing)

    def _move_holds(self, known: Known) -> None:
        """A visit that moved takes its people's day with it; one that ended lets them go."""
        ids_of = {known.reviews[review]: review for review in self.visits.moved}
        for ids in chunks(ids_of):
            for member in TeamMember.objects.filter(
                review_id__in=ids, reviewer__isnull=False, response__in=TeamMember.LIVE
            ):
                hold = self.visits.hold(ids_of[member.review_id], member.role, member.response)
                start, end = hold or (None, None)
                self.move.add(member.pk, {"holds_from": start, "holds_until": end})
        self.move.write(known)


def settle(plan: Plan, known: Known) -> None:
    """Say where a gap's reason is not recorded, and mark the months whose figures change."""
    touched: set[str] = set()
    for sheet in (REVIEWS, TEAMS, FEEDBACK):
        each = plan.sheets.get(sheet.name)
        if each:
            touched |= {row.key[0] for row in each.new}
            touched |= {row.key[0] for row, _ in each.changed}
    ids = {known.reviews[review] for review in touched}
    _say_not_recorded(ids)
    cells = set(_cells(ids))
    before = plan.sheets.get(REVIEWS.name)
    directorates = dict(Service.objects.values_list("pk", "directorate_id"))
    if before:
        for row, changes in before.changed:
            was = before.stored.values[row.key]
            service = known.services.get(was["Service"].lower())
            if service and ({"Visit on", "Service"} & changes.keys()):
                cells.add((was["Visit on"], directorates[service]))
    cells |= _cells_of_moved_services(plan, known)
    mark_months(cells)


def _say_not_recorded(ids: set[int]) -> None:
    attended = Exists(TeamMember.objects.lxrs().filter(review=OuterRef("pk"), attended=True))
    unrecorded = Review.GapReason.NOT_RECORDED
    for some in chunks(ids):
        completed = Review.objects.completed().filter(pk__in=some)
        completed.filter(~attended, gap_reason="").update(gap_reason=unrecorded)
        Review.objects.filter(attended, pk__in=some, gap_reason=unrecorded).update(gap_reason="")


def _cells(ids: Iterable[int]) -> Iterable[tuple[Any, int]]:
    for some in chunks(ids):
        yield from Review.objects.filter(pk__in=some).values_list(
            "visit_on", "service__directorate_id"
        )


def _cells_of_moved_services(plan: Plan, known: Known) -> set[tuple[Any, int]]:
    """A service that changes its directorate or setting takes its months along."""
    services = plan.sheets.get(SERVICES.name)
    cells: set[tuple[Any, int]] = set()
    for row, changes in services.changed if services else ():
        if services is None or not {"Directorate", "Setting"} & changes.keys():
            continue
        before = services.stored.values[row.key]["Directorate"]
        was = known.directorates[before.lower()]
        now = known.directorates[changes.get("Directorate", before).lower()]
        for day in Review.objects.filter(service_id=services.stored.ids[row.key]).values_list(
            "visit_on", flat=True
        ):
            cells |= {(day, was), (day, now)}
    return cells
