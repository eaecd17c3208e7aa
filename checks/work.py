"""The checks team's work list: each kind of work, which rows it has and how a row reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse

from accounts.models import User
from checks import queries
from checks.models import DBSCheck
from nhsuk.paging import ROWS, Sort
from nhsuk.words import nhs_date, nhs_moment
from organisation.models import DBSLevel

DUE = "Due"
NO_WORDS = Value("")
NO_DAY = Cast(Value(None), DateField())
NO_TIME = Cast(Value(None), DateTimeField())
OWNER = Concat(
    Coalesce(
        NullIf("owner__name", Value("")),
        "owner__email",
        Value("Nobody"),
        output_field=CharField(),
    ),
    Value(" looks after it"),
    Case(When(round__gt=1, then=Value(", asked again")), default=Value("")),
    output_field=CharField(),
)


class Row(NamedTuple):
    """One thing to do: its kind, the day it counts from or is due, and about whom.

    The last three are what its kind says of it. Nothing else is read, and nothing decrypted.
    """

    kind: str
    day: date
    pk: int
    person: int
    first_name: str
    last_name: str
    words: str
    also: date | None
    at: datetime | None


class Step(NamedTuple):
    """More about a row, what to do next, and the page where it is done."""

    note: str
    words: str
    href: str


@dataclass(frozen=True)
class Line:
    """A row as it reads."""

    kind: "Kind"
    person: int
    name: str
    href: str
    when: str
    tag: str
    step: Step


@dataclass(frozen=True)
class Kind:
    """A kind of work. ``rows(today)`` are in no order; ``by`` is the day they stand in order of.

    ``whose`` is the path from a row to its person; ``words``, ``also`` and ``at`` are what its
    rows carry of their own.
    """

    key: str
    heading: str
    when: str
    done: str
    rows: Callable[[date], QuerySet[Any]]
    by: str
    step: Callable[[Row], Step]
    hint: str = ""
    whose: str = "reviewer"
    words: Expression | F = NO_WORDS
    also: Expression | F = NO_DAY
    at: Expression | F = NO_TIME

    def rows_for(self, user: User, today: date) -> QuerySet[Any, Any]:
        """A :class:`Row` each, without those about this user: nobody works on their own checks."""
        person = self.whose
        rows: QuerySet[Any, Any] = (
            self.rows(today)
            .exclude(**{f"{person}__user": user})
            .annotate(
                kind=Value(self.key),
                day=F(self.by),
                person=F(person),
                first_name=F(f"{person}__first_name"),
                last_name=F(f"{person}__last_name"),
                words=self.words,
                also=self.also,
                at=self.at,
            )
            .values_list(*Row._fields, named=True)
        )
        return rows

    def line(self, row: Row, today: date) -> Line:
        """How a row reads on this day."""
        is_due = self.when == DUE
        return Line(
            kind=self,
            person=row.person,
            name=f"{row.first_name} {row.last_name}",
            href=_address("checks:person", row.person),
            when=nhs_date(row.day) + ("" if is_due else f", {days_since(row.day, today)}"),
            tag="Overdue" if is_due and row.day < today else "",
            step=self.step(row),
        )

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """Longest waiting, or soonest due, first."""
        return (Sort("first", "Longest waiting first", self.by),)


def days_since(day: date, today: date) -> str:
    """``today``, ``1 day ago``, ``12 days ago``."""
    days = (today - day).days
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"


@lru_cache(maxsize=2_000)  # the same rows are shown all day, each with two addresses
def _address(page: str, pk: int) -> str:
    return reverse(page, args=[pk])


def _here(note: str, words: str, page: str) -> Callable[[Row], Step]:
    return lambda row: Step(note or row.words, words, _address(page, row.pk))


def _and_reminded(row: Row) -> str:
    return f", reminded {nhs_date(row.also)}" if row.also else ""


def _level(row: Row) -> str:
    return str(DBSLevel(row.words).label)


def _id_check(row: Row) -> Step:
    if row.also is not None:
        note, words, page = (
            f"Documents seen {nhs_date(row.also)}",
            "Record the application",
            "apply",
        )
    elif row.at is not None:
        how = DBSCheck.IdentityCheck(row.words).label
        note, words, page = f"{how}, {nhs_moment(row.at)}", "Tick the documents", "documents"
    else:
        note, words, page = "No time arranged yet", "Arrange the ID check", "id_check"
    return Step(note, words, _address(f"checks:{page}", row.pk))


def _application(row: Row) -> Step:
    href = _address("checks:certificate", row.pk)
    return Step(f"{_level(row)}{_and_reminded(row)}", "Record the certificate", href)


def _renewal(row: Row) -> Step:
    return Step(
        f"Renewal: {_level(row)}", "Ask for an ID check", _address("checks:ask", row.person)
    )


def _status_check(row: Row) -> Step:
    note = f"Last checked {nhs_date(row.also)}" if row.also else "Not checked yet"
    return Step(note, "Record the status check", _address("checks:status", row.pk))


def _to_review(row: Row) -> Step:
    note = f"Approved until {nhs_date(row.also)}" if row.also else ""
    return Step(note, "Look at the decision again", _address("checks:reconsider", row.pk))


def _to_settle(row: Row) -> Step:
    return Step(_level(row), "Settle what came", _address("checks:settle", row.pk))


def _site_form(row: Row) -> Step:
    href = _address("checks:clearance_change", row.pk)
    return Step(f"{row.words}{_and_reminded(row)}", "Remind the site", href)


KINDS: tuple[Kind, ...] = (
    Kind(
        "assessments",
        "Risk assessments to decide",
        "Opened",
        "No assessment is waiting.",
        lambda today: queries.assessments_to_decide(),
        "opened_on",
        _here("", "Record the decision", "checks:decide"),
        whose="check_made__reviewer",
        words=OWNER,
    ),
    Kind(
        "conditions",
        "Conditions to record",
        "Decided",
        "Every approval with conditions says what they are.",
        lambda today: queries.conditions_to_record(),
        "decided_on",
        _here("HR has them", "Record the conditions", "checks:conditions"),
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
        _here("Ring them", "Record that you told them", "checks:told"),
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
        words=F("level"),
    ),
    Kind(
        "id-checks",
        "ID checks to hold",
        "Asked",
        "Nobody is waiting for an ID check.",
        lambda today: queries.id_checks_to_hold(),
        "asked_on",
        _id_check,
        words=F("id_check_how"),
        also=F("identity_seen_on"),
        at=F("id_check_at"),
    ),
    Kind(
        "applications",
        "Applications waiting for a certificate",
        "Applied",
        "No application is waiting.",
        lambda today: queries.applications_to_chase(),
        "applied_on",
        _application,
        words=F("level"),
        also=F("reminded_on"),
    ),
    Kind(
        "renewals",
        "Renewals due",
        DUE,
        "No renewal is due in the next 90 days.",
        lambda today: queries.renewals_due(today=today),
        "renewal_due_on",
        _renewal,
        words=F("level"),
    ),
    Kind(
        "status-checks",
        "Status checks due",
        DUE,
        "No status check is due in the next 30 days.",
        lambda today: queries.status_checks_due(today=today),
        "status_due_on",
        _status_check,
        also=F("status_checked_on"),
    ),
    Kind(
        "reviews",
        "Decisions to look at again",
        DUE,
        "No decision is due to be looked at again in the next 30 days.",
        lambda today: queries.assessments_to_review(today=today),
        "review_on",
        _to_review,
        whose="check_made__reviewer",
        also=F("approved_until"),
    ),
    Kind(
        "sites",
        "Sites to remind",
        "Asked",
        "No site has been silent for four weeks.",
        lambda today: queries.site_forms_to_chase(today=today),
        "applied_on",
        _site_form,
        words=F("site__name"),
        also=F("reminded_on"),
    ),
    Kind(
        "sites-tell",
        "People to tell what a site decided",
        "Decided",
        "Nobody is waiting to be told what a site decided.",
        lambda today: queries.people_to_tell_of_sites(),
        "decided_on",
        _here("", "Record that you told them", "checks:clearance_change"),
        words=F("site__name"),
    ),
)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}


def work_on(today: date, user: User) -> tuple[list[Line], bool]:
    """What waits longest or is due soonest, of every kind, in one query; whether there is more."""
    rows = list(_put_together(today, user.pk).all())
    return [KIND_BY_KEY[row.kind].line(row, today) for row in rows[:ROWS]], len(rows) > ROWS


@lru_cache(maxsize=16)
def _put_together(today: date, user_id: int) -> QuerySet[Any, Any]:
    """The first rows of every kind, unread. To put eleven kinds' conditions together takes longer
    than to ask, so that is done once a day for each user."""
    user, most = User(pk=user_id), ROWS + 1
    parts = [kind.rows_for(user, today).order_by(kind.by, "pk") for kind in KINDS]
    if connection.features.supports_slicing_ordering_in_compound:  # SQLite reads them to the end
        parts = [part[:most] for part in parts]
    else:
        parts = [part.order_by() for part in parts]
    return parts[0].union(*parts[1:], all=True).order_by("day", "kind", "pk")[:most]
