"""A person's own checks, in plain words.

What limits somebody is not told here before an officer has told them and recorded it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from accounts.models import User
from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from checks.queries.work import conditions
from nhsuk.words import nhs_date

NOTHING_TO_DO = "You do not need to do anything."
WORKING = "The checks team is working on this."
THEY_RING = f"{NOTHING_TO_DO} They will contact you if they need something from you."
COMPLETE = "This check is complete."
TALKED = "The checks team has talked with you about this. You can ask them to look at it again."

SETTINGS = {
    "community": "services in the community",
    "inpatient": "wards",
    "secure": "secure services",
    "prison": "prisons",
}


@dataclass(frozen=True)
class OwnCheck:
    """One check as its person reads it. ``limits``: visits they will not be asked to go on."""

    level: str
    begun_on: date | None
    is_applied: bool
    words: str
    next_step: str
    meeting_at: datetime | None = None
    meeting_how: str = ""
    meeting_place: str = ""
    limits: Sequence[str] = ()


@dataclass(frozen=True)
class OwnClearance:
    """Where a person stands with a site, as they read it."""

    site: str
    words: str
    next_step: str = ""


def own_checks(user: User, *, today: date) -> list[OwnCheck]:
    """The checks of the person who is signed in, newest first. Three queries."""
    rounds = RiskAssessment.objects.prefetch_related(conditions())
    checks = DBSCheck.objects.filter(reviewer__user=user).prefetch_related(
        Prefetch("assessments", rounds)
    )
    return [_own_check(check, today) for check in checks]


def own_clearances(user: User) -> list[OwnClearance]:
    """Each site that was asked to let this person in, by name. One query."""
    found = SiteClearance.objects.filter(reviewer__user=user).select_related("site")
    return [_own_clearance(each) for each in found.order_by("site__name")]


def _own_check(check: DBSCheck, today: date) -> OwnCheck:
    words, next_step, limits = _words_of(check, today)
    has_meeting = check.state == DBSCheck.State.ASKED and check.identity_seen_on is None
    return OwnCheck(
        level=check.get_level_display(),
        begun_on=check.applied_on or check.asked_on,
        is_applied=check.applied_on is not None,
        words=words,
        next_step=next_step,
        meeting_at=check.id_check_at if has_meeting else None,
        meeting_how=check.get_id_check_how_display() if has_meeting else "",
        meeting_place=check.id_check_place if has_meeting else "",
        limits=limits,
    )


def _words_of(check: DBSCheck, today: date) -> tuple[str, str, Sequence[str]]:
    state = check.state
    if state == DBSCheck.State.WITHDRAWN:
        return "This application was stopped.", NOTHING_TO_DO, ()
    if state == DBSCheck.State.ASKED:
        return _words_before_application(check)
    is_open = check.status_result == DBSCheck.Status.CHANGED or check.waiting_since is not None
    if state == DBSCheck.State.BLANK and not is_open:
        return COMPLETE, NOTHING_TO_DO, ()
    if state != DBSCheck.State.DISCLOSURE:
        return WORKING, THEY_RING, ()
    return _words_of_decision(list(check.assessments.all()), today, is_open=is_open)


def _words_before_application(check: DBSCheck) -> tuple[str, str, Sequence[str]]:
    if check.identity_seen_on is not None:
        return "We have seen your documents.", THEY_RING, ()
    if check.id_check_at is not None:
        return (
            "Come to your ID check.",
            "Bring your documents. Ring us if you cannot come, or are not sure what to bring.",
            (),
        )
    return "We need to see your documents.", "We will ring you to find a time.", ()


def _words_of_decision(
    rounds: list[RiskAssessment], today: date, *, is_open: bool
) -> tuple[str, str, Sequence[str]]:
    """``is_open``: something else about this certificate is not settled."""
    decided = next((each for each in rounds if each.is_in_force), None)
    if decided is None or (is_open and decided.allows_on(today)):
        return WORKING, THEY_RING, ()
    if decided.decision == RiskAssessment.Decision.APPROVED and decided.approved_until is None:
        return COMPLETE, NOTHING_TO_DO, ()
    if decided.told_on is None or decided.is_missing_conditions:
        return WORKING, THEY_RING, ()
    is_again = any(each.is_open for each in rounds)
    after = "The checks team is looking at this again." if is_again else TALKED
    if not decided.allows_on(today):
        return "You cannot go on visits for now.", after, ()
    until = [f"This lasts until {nhs_date(decided.approved_until)}."] * bool(decided.approved_until)
    limits = [_limit(each) for each in decided.conditions.all() if _holds(each, today)]
    if not limits:
        return COMPLETE, after, until
    words = f"{COMPLETE} There are some visits we will not ask you to go on."
    return words, after, [*limits, *until]


def _holds(condition: Condition, today: date) -> bool:
    return condition.until is None or condition.until >= today


def _limit(condition: Condition) -> str:
    until = f", until {nhs_date(condition.until)}" if condition.until else ""
    if condition.accompanied_only:
        return f"You go when somebody of the team goes with you{until}."
    if condition.not_setting:
        return f"We will not ask you to visit {SETTINGS[condition.not_setting]}{until}."
    named = condition.not_service or condition.not_directorate
    return f"We will not ask you to visit {named}{until}."


def _own_clearance(clearance: SiteClearance) -> OwnClearance:
    name = str(clearance.site)
    rung = clearance.rung
    if rung in SiteClearance.LET_IN:
        return OwnClearance(name, "You can go there.")
    if rung in SiteClearance.TO_BE_TOLD and clearance.told_on is not None:
        if rung == SiteClearance.Rung.ESCORTED:
            return OwnClearance(name, "You can go there. Somebody from there goes with you.")
        return OwnClearance(name, "You cannot go there for now.", TALKED)
    if clearance.applied_on is None:
        return OwnClearance(name, "We are getting ready to ask.", THEY_RING)
    return OwnClearance(name, f"We have asked, since {nhs_date(clearance.applied_on)}.")
