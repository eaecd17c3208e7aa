"""What rows say of each other: names that must exist, days that must have come, who may be what."""

from collections.abc import Container
from datetime import date

from programme.erasure.references import digest_of
from programme.importing.batch import Batch, Row
from programme.importing.known import Known
from programme.importing.sheets import (
    ATTENDANCE,
    FEEDBACK,
    REVIEWERS,
    REVIEWS,
    SERVICES,
    STAFF,
    TEAMS,
    TRAINING,
    Sheet,
)
from programme.importing.taking import Taking

SUPPORT = ("Supported in training", "Supported on the visit", "Supported after the visit")


class Names:
    """Names that a row may use: those of the portal and those of the file."""

    def __init__(self, batch: Batch, known: Known) -> None:
        def keys(sheet: Sheet, held: dict[str, int]) -> Container[str]:
            return {key[0] for key in batch.of(sheet)} | held.keys()

        self.directorates: Container[str] = {
            str(row.values.get("Directorate", "")).lower() for row in batch.values_of(SERVICES)
        } | known.directorates.keys()
        self.services = keys(SERVICES, known.services)
        self.staff = keys(STAFF, known.staff)
        self.reviewers = keys(REVIEWERS, known.reviewers)
        self.sessions = keys(TRAINING, known.sessions)
        self.reviews = keys(REVIEWS, known.reviews)


def check_references(batch: Batch, known: Known, *, today: date) -> None:
    """Add every problem between rows to the batch's problems."""
    _check_erased(batch, known)
    if batch.taking is Taking.CHECKS:
        for row in batch.values_of(REVIEWERS):
            if row.key[0] not in known.reviewers:
                batch.wrong(REVIEWERS, row, "Reference", "a reviewer who is here already")
        return
    names = Names(batch, known)
    for row in batch.values_of(REVIEWERS):
        _each_in(batch, REVIEWERS, row, "Experience of", names.directorates, "directorate")
        _each_in(batch, REVIEWERS, row, "Not to visit", names.services, "service")
        _not_after(batch, REVIEWERS, row, "Role description signed on", today)
    for row in batch.values_of(TRAINING):
        _one_in(batch, TRAINING, row, "Staff facilitator", names.staff, "a name of the sheet Staff")
        _each_in(batch, TRAINING, row, "Co-facilitators", names.reviewers, "reviewer's reference")
        if row.key[0] in known.recorded:
            _not_after(batch, TRAINING, row, "Held on", today)
    _check_attendance(batch, known, names, today)
    _check_reviews(batch, names, today)
    _check_teams(batch, known, names, today)
    _check_feedback(batch, known, names, today)


def _check_erased(batch: Batch, known: Known) -> None:
    """Nobody who was erased comes back by their old reference, nor becomes somebody who has it."""
    if not known.erased:
        return
    for row in batch.values_of(REVIEWERS):
        if digest_of(row.key[0]) in known.erased:
            expected = "somebody who was not erased: take this person out of every sheet"
            batch.wrong(REVIEWERS, row, "Reference", expected)


def _check_attendance(batch: Batch, known: Known, names: Names, today: date) -> None:
    for row in batch.values_of(ATTENDANCE):
        _one_in(batch, ATTENDANCE, row, "Session", names.sessions, "a code of the sheet Training")
        _one_in(batch, ATTENDANCE, row, "Reviewer", names.reviewers, "a reviewer's reference")
        held_on = _day(batch, TRAINING, row.key[0], "Held on", known.held_on)
        if (
            held_on
            and held_on > today
            and row.values.get("Outcome") in {"attended", "did not attend"}
        ):
            batch.wrong(
                ATTENDANCE, row, "Outcome", f"booked, waiting or cancelled until {_said(held_on)}"
            )


def _check_reviews(batch: Batch, names: Names, today: date) -> None:
    for row in batch.values_of(REVIEWS):
        _one_in(batch, REVIEWS, row, "Service", names.services, "a service of the sheet Services")
        _one_in(batch, REVIEWS, row, "Lead", names.staff, "a name of the sheet Staff")
        visit_on, start, end = (row.values.get(name) for name in ("Visit on", "Start", "End"))
        if visit_on and visit_on > today and row.values.get("Status") == "completed":
            batch.wrong(
                REVIEWS, row, "Status", f"planned, confirmed or cancelled until {_said(visit_on)}"
            )
        if {"Start", "End"} & row.wrong:
            continue
        if (start is None) != (end is None):
            batch.wrong(REVIEWS, row, "Start" if end else "End", "both a start and an end")
        elif start and end and end <= start:
            batch.wrong(REVIEWS, row, "End", "a time after the start")


def _check_teams(batch: Batch, known: Known, names: Names, today: date) -> None:
    for row in batch.values_of(TEAMS):
        _one_in(batch, TEAMS, row, "Review", names.reviews, "a reference of the sheet Reviews")
        role = row.values.get("Role")
        if role in {"lead", "staff"}:
            _one_in(
                batch, TEAMS, row, "Member", names.staff, f"a staff name, as the role is {role}"
            )
        elif role:
            _one_in(
                batch,
                TEAMS,
                row,
                "Member",
                names.reviewers,
                f"a reviewer's reference, as the role is {role}",
            )
        visit_on = _day(batch, REVIEWS, row.key[0], "Visit on", known.visit_on)
        said_no = row.values.get("Response") in {"declined", "withdrawn"}
        attended = row.values.get("Attended")
        if visit_on and visit_on > today and (attended or (attended is False and not said_no)):
            batch.wrong(TEAMS, row, "Attended", f"blank until the visit on {_said(visit_on)}")


def _check_feedback(batch: Batch, known: Known, names: Names, today: date) -> None:
    for row in batch.values_of(FEEDBACK):
        _one_in(batch, FEEDBACK, row, "Review", names.reviews, "a reference of the sheet Reviews")
        _not_after(batch, FEEDBACK, row, "Received on", today)
        visit_on = _day(batch, REVIEWS, row.key[0], "Visit on", known.visit_on)
        if visit_on and visit_on > today:
            batch.wrong(
                FEEDBACK, row, "Review", f"a visit before today: it is on {_said(visit_on)}"
            )
        if row.values.get("From") == "lxr":
            if row.values.get("Author"):
                _one_in(batch, FEEDBACK, row, "Author", names.reviewers, "a reviewer's reference")
            elif "Author" not in row.wrong:
                batch.wrong(FEEDBACK, row, "Author", "a reviewer's reference, as it is from an lxr")
            unwanted: tuple[str, ...] = ("Impact",)
        else:
            unwanted = ("Author", *SUPPORT)
        for column in unwanted:
            if row.values.get(column) is not None:
                batch.wrong(FEEDBACK, row, column, f"a blank, as it is from {row.values['From']}")


def _one_in(
    batch: Batch, sheet: Sheet, row: Row, column: str, names: Container[str], expected: str
) -> None:
    value = row.values.get(column)
    if value and str(value).lower() not in names:
        batch.wrong(sheet, row, column, expected)


def _each_in(
    batch: Batch, sheet: Sheet, row: Row, column: str, names: Container[str], what: str
) -> None:
    for value in row.values.get(column) or ():
        if value.lower() not in names:
            batch.problems.add(
                sheet.name, row.number, column, value, f"a {what} that is in the file or here"
            )


def _not_after(batch: Batch, sheet: Sheet, row: Row, column: str, today: date) -> None:
    value = row.values.get(column)
    if value and value > today:
        batch.wrong(sheet, row, column, "a day that has come")


def _day(
    batch: Batch, sheet: Sheet, reference: str, column: str, held: dict[str, date]
) -> date | None:
    row = batch.of(sheet).get((reference,))
    if row is not None and column in row.values:
        day: date = row.values[column]
        return day
    return held.get(reference)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
