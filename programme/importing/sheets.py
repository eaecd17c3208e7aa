"""The import format: its sheets and columns, in the order in which they are applied."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from programme.importing.kinds import (
    Clock,
    Day,
    Email,
    Kind,
    Names,
    Text,
    Whole,
    YesNo,
    choice,
    name_of,
)


def folded(heading: str) -> str:
    """A heading or sheet's name as it is matched: without regard to case or blanks around it."""
    return " ".join(heading.split()).lower()


@dataclass(frozen=True)
class Column:
    """One column. Those with the same ``unit`` are taken, or kept, together."""

    name: str
    kind: Kind
    is_required: bool = False
    in_key: bool = False
    unit: str = ""

    @property
    def unit_name(self) -> str:
        """The unit it belongs to: its own, unless one is named."""
        return self.unit or self.name

    def same(self, value: Any) -> Hashable:
        """What two values that mean the same have in common; None for a blank."""
        return None if value in (None, "", ()) else self.kind.same(value)


def key(name: str, kind: Kind) -> Column:
    """A required column of the key."""
    return Column(name, kind, is_required=True, in_key=True)


def needed(name: str, kind: Kind, unit: str = "") -> Column:
    """A column that may not be blank."""
    return Column(name, kind, is_required=True, unit=unit)


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Its columns by folded heading."""
        return {folded(column.name): column for column in self.columns}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Its columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns that together name a row."""
        return tuple(column for column in self.columns if column.in_key)


CHECKS_UNIT = "checks"
TIMES_UNIT = "times"
CONTACT_UNIT = "contact"

CHECK_COLUMNS = (
    Column(
        "DBS level",
        choice("none", "basic", "standard", "enhanced", "enhanced with barred lists"),
        unit=CHECKS_UNIT,
    ),
    Column("DBS applied on", Day(), unit=CHECKS_UNIT),
    Column("DBS issued on", Day(), unit=CHECKS_UNIT),
    Column("DBS result", choice("awaiting", "clear", "disclosure"), unit=CHECKS_UNIT),
    Column(
        "Risk assessment",
        choice("not needed", "awaiting", "approved", "approved with restrictions", "not approved"),
        unit=CHECKS_UNIT,
    ),
    Column("Risk assessed on", Day(), unit=CHECKS_UNIT),
)
CHECK_NAMES = frozenset(column.name for column in CHECK_COLUMNS)

REFERENCE = name_of("a reference", 20)
RATING = Whole(0, 10)

SERVICES = Sheet(
    "Services",
    (
        needed("Directorate", name_of("a directorate")),
        key("Service", name_of("a service")),
        needed("Site", name_of("a site")),
        needed("Setting", choice("community", "inpatient", "secure", "prison")),
        needed(
            "Clearance",
            choice("basic", "standard", "enhanced", "enhanced with barred lists", "prison"),
        ),
        Column("Contact name", Text(150), unit=CONTACT_UNIT),
        Column("Contact email", Email(), unit=CONTACT_UNIT),
    ),
)
STAFF = Sheet("Staff", (key("Name", name_of("a staff name", 150)), Column("Email", Email())))
REVIEWERS = Sheet(
    "Reviewers",
    (
        key("Reference", REFERENCE),
        needed("First name", Text(80)),
        needed("Last name", Text(80)),
        Column("Email", Email()),
        Column("Phone", Text(30)),
        Column("Preferred contact", choice("email", "text", "phone", "post")),
        needed("Joined on", Day()),
        needed(
            "Stage",
            choice("enquiry", "interview", "checks", "training", "active", "paused", "left"),
        ),
        Column("Experience", choice("service user", "carer", "both")),
        Column("Experience of", Names("directorate")),
        Column("Support needs", Text(2000, lines=True)),
        *CHECK_COLUMNS,
        Column("Not to visit", Names("service")),
        Column("Role description signed on", Day()),
    ),
)
TRAINING = Sheet(
    "Training",
    (
        key("Code", REFERENCE),
        needed("Title", Text(120)),
        needed("Held on", Day()),
        needed("Kind", choice("workshop", "pilot", "staff", "refresher")),
        Column("Venue", Text(200)),
        Column("Capacity", Whole(1, 1000)),
        Column("Staff facilitator", name_of("a staff name", 150)),
        Column("Co-facilitators", Names("reviewer", 20)),
    ),
)
ATTENDANCE = Sheet(
    "Attendance",
    (
        key("Session", REFERENCE),
        key("Reviewer", REFERENCE),
        needed("Outcome", choice("booked", "waiting", "attended", "did not attend", "cancelled")),
    ),
)
REVIEWS = Sheet(
    "Reviews",
    (
        key("Reference", REFERENCE),
        needed("Service", name_of("a service")),
        needed("Visit on", Day()),
        needed("Status", choice("planned", "confirmed", "completed", "cancelled")),
        needed("Lead", name_of("a staff name", 150)),
        Column("Start", Clock(), unit=TIMES_UNIT),
        Column("End", Clock(), unit=TIMES_UNIT),
        Column("Meet at", Text(200)),
        Column("Ring on the day", Text(60)),
        Column(
            "Gap reason",
            choice(
                "never asked",
                "none who could go",
                "checks or site access",
                "nobody available",
                "declined",
                "could no longer come",
                "service or site refused",
                "other",
                "not recorded",
            ),
        ),
    ),
)
TEAMS = Sheet(
    "Teams",
    (
        key("Review", REFERENCE),
        key("Member", name_of("a reviewer reference, or a staff name", 150)),
        needed("Role", choice("lead", "staff", "lxr", "shadow", "reserve")),
        needed("Response", choice("invited", "accepted", "declined", "withdrawn")),
        Column("Attended", YesNo()),
    ),
)
FEEDBACK = Sheet(
    "Feedback",
    (
        key("Review", REFERENCE),
        key("From", choice("lxr", "team", "quality")),
        Column("Author", REFERENCE, in_key=True),
        Column("Impact", RATING),
        Column("Supported in training", RATING),
        Column("Supported on the visit", RATING),
        Column("Supported after the visit", RATING),
        Column("Comment", Text(5000, lines=True)),
        Column("May quote", YesNo()),
        needed("Received on", Day()),
    ),
)

SHEETS = (SERVICES, STAFF, REVIEWERS, TRAINING, ATTENDANCE, REVIEWS, TEAMS, FEEDBACK)
BY_NAME = {folded(sheet.name): sheet for sheet in SHEETS}
