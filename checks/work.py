"""The checks team's work list: each kind of work, which rows it has and how a row reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from checks import queries
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from nhsuk.paging import Sort
from nhsuk.words import nhs_date, nhs_moment
from reviewers.models import Reviewer

SHOWN = 5  # of each kind; who is shown is on record as looked at, so no more than a start


@dataclass(frozen=True)
class Line:
    """One thing to do: about whom, since or by when, more about it, and the next step."""

    person: Reviewer
    when: str
    note: str
    step: str
    href: str
    tag: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of work. ``rows(today)`` are in no order; ``by`` is the day they stand in order of.

    ``whose`` is the path from a row to its person.
    """

    key: str
    heading: str
    when: str
    done: str
    rows: Callable[[date], QuerySet[Any]]
    by: str
    line: Callable[[Any, date], Line]
    hint: str = ""
    whose: str = "reviewer"

    def rows_for(self, user: User, today: date) -> QuerySet[Any]:
        """The rows without those about this user: nobody works on their own checks."""
        return self.rows(today).exclude(**{f"{self.whose}__user": user})

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """Longest waiting, or soonest due, first."""
        return (Sort("first", "Longest waiting first", self.by),)


@dataclass(frozen=True)
class Work:
    """The first lines of a kind, and whether there are more."""

    kind: Kind
    lines: list[Line]
    has_more: bool

    @property
    def number(self) -> str:
        """How many there are, as the heading says it."""
        return f"more than {len(self.lines)}" if self.has_more else str(len(self.lines))


def days_since(day: date, today: date) -> str:
    """``today``, ``1 day``, ``12 days``."""
    days = (today - day).days
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'}"


def _waiting(day: date, today: date) -> str:
    return f"{nhs_date(day)}, {days_since(day, today)}"


def _overdue(day: date, today: date) -> str:
    return "Overdue" if day < today else ""


def _id_check(check: DBSCheck, today: date) -> Line:
    if check.identity_seen_on is not None:
        note = f"Documents seen {nhs_date(check.identity_seen_on)}"
        step, page = "Record the application", "checks:apply"
    elif check.id_check_at is not None:
        note = f"{check.get_id_check_how_display()}, {nhs_moment(check.id_check_at)}"
        step, page = "Tick the documents", "checks:documents"
    else:
        note, step, page = "No time arranged yet", "Arrange the ID check", "checks:id_check"
    asked_on = check.asked_on or today
    href = reverse(page, args=[check.pk])
    return Line(check.reviewer, _waiting(asked_on, today), note, step, href)


def _application(check: DBSCheck, today: date) -> Line:
    reminded = f", reminded {nhs_date(check.reminded_on)}" if check.reminded_on else ""
    return Line(
        check.reviewer,
        _waiting(check.applied_on or today, today),
        f"{check.get_level_display()}{reminded}",
        "Record the certificate",
        reverse("checks:certificate", args=[check.pk]),
    )


def _renewal(check: DBSCheck, today: date) -> Line:
    due = check.renewal_due_on or today
    return Line(
        check.reviewer,
        nhs_date(due),
        check.get_level_display(),
        "Ask for an ID check",
        reverse("checks:ask", args=[check.reviewer_id]),
        _overdue(due, today),
    )


def _status_check(check: DBSCheck, today: date) -> Line:
    due = check.status_due_on or today
    last = check.status_checked_on
    return Line(
        check.reviewer,
        nhs_date(due),
        f"Last checked {nhs_date(last)}" if last else "Not checked yet",
        "Record the status check",
        reverse("checks:status", args=[check.pk]),
        _overdue(due, today),
    )


def _to_decide(assessment: RiskAssessment, today: date) -> Line:
    owner = f"{assessment.owner} looks after it" if assessment.owner else "Nobody looks after it"
    again = ", asked again" if assessment.round > 1 else ""
    return Line(
        assessment.reviewer,
        _waiting(assessment.opened_on, today),
        f"{owner}{again}",
        "Record the decision",
        reverse("checks:decide", args=[assessment.pk]),
    )


def _conditions(assessment: RiskAssessment, today: date) -> Line:
    return Line(
        assessment.reviewer,
        _waiting(assessment.decided_on or today, today),
        "HR has them",
        "Record the conditions",
        reverse("checks:conditions", args=[assessment.pk]),
    )


def _to_tell(assessment: RiskAssessment, today: date) -> Line:
    return Line(
        assessment.reviewer,
        _waiting(assessment.decided_on or today, today),
        "Ring them",
        "Record that you told them",
        reverse("checks:told", args=[assessment.pk]),
    )


def _to_review(assessment: RiskAssessment, today: date) -> Line:
    due = assessment.review_on or today
    until = assessment.approved_until
    return Line(
        assessment.reviewer,
        nhs_date(due),
        f"Approved until {nhs_date(until)}" if until else "",
        "Look at it again",
        reverse("checks:reconsider", args=[assessment.pk]),
        _overdue(due, today),
    )


def _to_settle(check: DBSCheck, today: date) -> Line:
    return Line(
        check.reviewer,
        _waiting(check.waiting_since or today, today),
        check.get_level_display(),
        "Settle it",
        reverse("checks:settle", args=[check.pk]),
    )


def _site_form(clearance: SiteClearance, today: date) -> Line:
    reminded = clearance.reminded_on
    return Line(
        clearance.reviewer,
        _waiting(clearance.applied_on or today, today),
        f"{clearance.site}" + (f", reminded {nhs_date(reminded)}" if reminded else ""),
        "Remind the site",
        reverse("checks:clearance_change", args=[clearance.pk]),
    )


def _site_to_tell(clearance: SiteClearance, today: date) -> Line:
    return Line(
        clearance.reviewer,
        _waiting(clearance.decided_on or today, today),
        f"{clearance.site}",
        "Record that you told them",
        reverse("checks:clearance_change", args=[clearance.pk]),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "assessments",
        "Risk assessments to decide",
        "Waiting since",
        "No assessment is waiting.",
        lambda today: queries.assessments_to_decide(),
        "opened_on",
        _to_decide,
        whose="check_made__reviewer",
    ),
    Kind(
        "conditions",
        "Conditions to record",
        "Decided",
        "Every approval with conditions says what they are.",
        lambda today: queries.conditions_to_record(),
        "decided_on",
        _conditions,
        hint="These decisions were brought in without their conditions. Ask HR, and write them"
        " down. A second person approves them: until then these people go on no visit.",
        whose="check_made__reviewer",
    ),
    Kind(
        "tell",
        "People to tell",
        "Decided",
        "Nobody is waiting to be told a decision.",
        lambda today: queries.people_to_tell(),
        "decided_on",
        _to_tell,
        hint="Ring them. Tell them the decision and how to ask again. Then record that you did.",
        whose="check_made__reviewer",
    ),
    Kind(
        "settle",
        "Outcomes to settle",
        "Came",
        "Nobody waits for an outcome to be settled.",
        lambda today: queries.outcomes_to_settle(today=today),
        "waiting_since",
        _to_settle,
        hint="These people were ready when something came for them. They read like everybody"
        " whose checks are under way until you settle it, so that nobody can tell what came.",
    ),
    Kind(
        "id-checks",
        "ID checks to hold",
        "Asked",
        "Nobody is waiting for an ID check.",
        lambda today: queries.id_checks_to_hold(),
        "asked_on",
        _id_check,
    ),
    Kind(
        "applications",
        "Applications waiting for a certificate",
        "Applied",
        "No application is waiting.",
        lambda today: queries.applications_to_chase(),
        "applied_on",
        _application,
    ),
    Kind(
        "renewals",
        "Renewals due",
        "Due",
        "No renewal is due in the next 90 days.",
        lambda today: queries.renewals_due(today=today),
        "renewal_due_on",
        _renewal,
    ),
    Kind(
        "status-checks",
        "Status checks due",
        "Due",
        "No status check is due in the next 30 days.",
        lambda today: queries.status_checks_due(today=today),
        "status_due_on",
        _status_check,
    ),
    Kind(
        "reviews",
        "Decisions to look at again",
        "Due",
        "No decision is due to be looked at again in the next 30 days.",
        lambda today: queries.assessments_to_review(today=today),
        "review_on",
        _to_review,
        whose="check_made__reviewer",
    ),
    Kind(
        "sites",
        "Sites to remind",
        "Asked",
        "No site has been silent for four weeks.",
        lambda today: queries.site_forms_to_chase(today=today),
        "applied_on",
        _site_form,
    ),
    Kind(
        "sites-tell",
        "People to tell what a site decided",
        "Decided",
        "Nobody is waiting to be told what a site decided.",
        lambda today: queries.people_to_tell_of_sites(),
        "decided_on",
        _site_to_tell,
    ),
)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}


def work_on(today: date, user: User) -> list[Work]:
    """Every kind of work with its first rows, in one query each: no one is counted to the end."""
    found = []
    for kind in KINDS:
        rows = list(kind.rows_for(user, today).order_by(kind.by, "pk")[: SHOWN + 1])
        lines = [kind.line(row, today) for row in rows[:SHOWN]]
        found.append(Work(kind, lines, has_more=len(rows) > SHOWN))
    return found
