"""Checks as another record has them: what stands here, and taking over what an import brings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate

from accounts.models import User
from audit.models import Event
from checks.models import DBSCheck, RiskAssessment
from checks.readiness import is_ready
from organisation.models import TrustSettings
from reviewers.models import Reviewer
from rules import RuleBroken

Decision = RiskAssessment.Decision
Result = DBSCheck.Result
Named = tuple[str, date]

# How much a status allows, from most to least. An import may only go downwards.
STRICTNESS = {
    "": 0,
    Decision.APPROVED: 1,
    Decision.CONDITIONS: 2,
    Decision.AWAITING: 3,
    Decision.NOT_APPROVED: 4,
}


@dataclass(frozen=True)
class Standing:
    """A person's check, and HR's decision if there was a disclosure."""

    level: str
    applied_on: date
    issued_on: date | None = None
    result: str = Result.AWAITING
    decision: str = ""
    decided_on: date | None = None

    @property
    def named(self) -> Named:
        """Which of a person's checks it is."""
        return self.level, self.applied_on

    @property
    def is_against(self) -> bool:
        """A disclosure that no decision allows."""
        return self.result == Result.DISCLOSURE and self.decision not in RiskAssessment.ALLOWING

    @property
    def strictness(self) -> int:
        """How little it allows: a disclosure without a decision stands like one that waits."""
        if self.result == Result.DISCLOSURE:
            return STRICTNESS[self.decision or Decision.AWAITING]
        return STRICTNESS[""]


def standings(reviewer_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """The checks of each reviewer who has one, the latest last, in one query.

    Of several rounds of deciding, the one in force counts. A decision that waits for its second
    person is none yet.
    """
    found: dict[int, dict[Named, Standing]] = {}
    rows = (
        DBSCheck.objects.filter(reviewer_id__in=list(reviewer_ids), applied_on__isnull=False)
        .exclude(withdrawn_on__isnull=False)
        .order_by("applied_on", "pk", "assessments__is_in_force", "assessments__round")
        .values_list(
            "reviewer_id",
            "level",
            "applied_on",
            "issued_on",
            "result",
            "assessments__decision",
            "assessments__decided_on",
            "assessments__is_in_force",
        )
    )
    for reviewer_id, level, applied_on, issued_on, result, decision, decided_on, counts in rows:
        if applied_on is None:
            continue
        if decision and not counts:
            standing = Standing(level, applied_on, issued_on, result, Decision.AWAITING)
        else:
            standing = Standing(level, applied_on, issued_on, result, decision or "", decided_on)
        found.setdefault(reviewer_id, {})[standing.named] = standing
    return {reviewer_id: list(checks.values()) for reviewer_id, checks in found.items()}


def check_not_loosened(here: Sequence[Standing], after: Standing) -> None:
    """A record from elsewhere may not allow more than what stands here. Raises RuleBroken.

    What stands is the latest check, and the check that the record speaks of.
    """
    before = [each.strictness for each in here if each.named == after.named]
    before += [each.strictness for each in here[-1:]]
    if after.strictness < max(before, default=after.strictness):
        message = (
            "nothing looser than what is recorded here: an import never loosens a decision. "
            "Record it in the portal"
        )
        raise RuleBroken(message)


def take_over(
    standing_by_reviewer: dict[int, Standing],
    *,
    trust: TrustSettings,
    by: User | None,
    now: datetime,
) -> None:
    """Write each person's check and assessment as they were decided elsewhere.

    The decision is in force, as history. A check of the same level and application date is brought
    up to date; another one is added beside it. What comes for somebody who was ready waits until
    it is settled, whatever it says. Call inside the transaction of the import. Raises RuleBroken
    when one allows more than what stands here by now.
    """
    today = localdate(now)
    before = standings(standing_by_reviewer)
    for reviewer_id, standing in standing_by_reviewer.items():
        check_not_loosened(before.get(reviewer_id, []), standing)
    people = Reviewer.objects.filter(is_ready(on=today, trust=trust))
    ready = set(people.filter(pk__in=list(standing_by_reviewer)).values_list("pk", flat=True))
    here = {
        (check.reviewer_id, check.level, check.applied_on): check
        for check in DBSCheck.objects.filter(
            reviewer_id__in=list(standing_by_reviewer)
        ).prefetch_related("assessments__conditions")
    }
    new, changed = [], []
    with_decision = []
    for reviewer_id, standing in standing_by_reviewer.items():
        check = here.get((reviewer_id, standing.level, standing.applied_on))
        if check is None:
            check = DBSCheck(
                reviewer_id=reviewer_id,
                level=standing.level,
                applied_on=standing.applied_on,
                recorded_by=by,
                recorded_at=now,
            )
            new.append(check)
        elif check.issued_on is not None and standing.issued_on is None:
            continue  # a certificate that is here stays
        else:
            changed.append(check)
        if standing.issued_on is not None:
            check.withdrawn_on = None  # it was made after all
        if reviewer_id in ready and (check.issued_on is None or standing.is_against):
            check.waiting_since = today if standing.issued_on else None
        check.issued_on = standing.issued_on
        check.result = standing.result
        check.renewal_due_on = (
            standing.issued_on + relativedelta(months=trust.renewal_months)
            if standing.issued_on
            else None
        )
        if standing.result == Result.DISCLOSURE:
            with_decision.append((check, standing))
    DBSCheck.objects.bulk_create(new)
    DBSCheck.objects.bulk_update(
        changed,
        ["issued_on", "result", "renewal_due_on", "withdrawn_on", "waiting_since"],
        batch_size=200,
    )
    _take_decisions(with_decision, now)
    Event.objects.bulk_create(
        Event(
            at=now,
            action="check imported",
            actor_id=by.pk if by else None,
            object_type=DBSCheck._meta.label_lower,
            object_id=str(check.pk),
            person_id=check.reviewer_id,
            fields=["issued_on", "result"],
        )
        for check in [*new, *changed]
    )


def _take_decisions(found: list[tuple[DBSCheck, Standing]], now: datetime) -> None:
    new: list[RiskAssessment] = []
    changed: list[RiskAssessment] = []
    for check, standing in found:
        is_decided = standing.decision not in {"", Decision.AWAITING}
        rounds = sorted(check.assessments.all(), key=lambda each: each.round) if check.pk else []
        opened_on = standing.issued_on or standing.applied_on
        current = next((each for each in rounds if each.is_in_force), None)
        waiting = next((each for each in rounds if each.is_open), None)
        if current is not None and current.decision != (standing.decision or Decision.AWAITING):
            # What stood here stays on record; a stricter decision takes its place.
            current.is_in_force, current.replaced_at = False, now
            changed.append(current)
            current = None
        if current is not None:
            assessment = current
        elif waiting is not None:
            assessment = waiting
        else:
            number = rounds[-1].round + 1 if rounds else 1
            assessment = RiskAssessment(check_made=check, opened_on=opened_on, round=number)
        if assessment.approved_by_id is None and (is_decided or assessment.pk is None):
            _as_decided_elsewhere(assessment, standing)
            (changed if assessment.pk else new).append(assessment)
    RiskAssessment.objects.bulk_update(
        changed,
        [
            "decision",
            "decided_on",
            "decided_by",
            "is_missing_conditions",
            "is_in_force",
            "replaced_at",
            "version",
        ],
        batch_size=200,
    )
    RiskAssessment.objects.bulk_create(new)


def _as_decided_elsewhere(assessment: RiskAssessment, standing: Standing) -> None:
    """The decision of another record, in force as history; a form shown before is an old one."""
    is_decided = standing.decision not in {"", Decision.AWAITING}
    if not assessment.is_in_force:  # one that was brought in before keeps what was recorded of it
        has_conditions = assessment.pk is not None and bool(assessment.conditions.all())
        is_missing = standing.decision == Decision.CONDITIONS and not has_conditions
        assessment.is_missing_conditions = is_missing
    assessment.decision = standing.decision or Decision.AWAITING
    assessment.decided_on = standing.decided_on if is_decided else None
    assessment.decided_by = None
    assessment.is_in_force = is_decided
    assessment.version += 1
