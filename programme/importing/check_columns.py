"""The check columns of Reviewers as one statement about a person's latest check."""

from typing import Any

from checks.history import Decision, Standing
from programme.importing.batch import Batch, Row, key_of
from programme.importing.sheets import CHECK_NAMES, REVIEWERS

DECISIONS = {
    "awaiting": Decision.AWAITING,
    "approved": Decision.APPROVED,
    "approved with restrictions": Decision.CONDITIONS,
    "not approved": Decision.NOT_APPROVED,
}
WORDS = {decision.value: word for word, decision in DECISIONS.items()}


OWN_SKIPPED = "the check columns of your own row, which somebody else brings in"


def leave_own_out(batch: Batch, reference: str) -> None:
    """Pass over what a file says of the checks of whoever brings it in, whatever it says."""
    row = batch.of(REVIEWERS).get(key_of(reference))
    if row is None or not CHECK_NAMES & (row.values.keys() | row.wrong):
        return
    for name in CHECK_NAMES & row.values.keys():
        del row.values[name]
    batch.skipped.append(OWN_SKIPPED)


def check_statements(batch: Batch) -> None:
    """Check that what a row says of checks is whole, and drop what says nothing.

    "None" and "not needed" are what is not known to be otherwise: they take nothing away.
    """
    for row in batch.values_of(REVIEWERS):
        if CHECK_NAMES & row.values.keys() and not CHECK_NAMES & row.wrong:
            _check_one(batch, row)


def _check_one(batch: Batch, row: Row) -> None:
    def wrong(column: str, expected: str) -> None:
        batch.wrong(REVIEWERS, row, column, expected)

    values = row.values
    if values.get("DBS level") == "none":
        del values["DBS level"]
    if values.get("DBS result") == "disclosure" and values.get("Risk assessment") == "not needed":
        wrong("Risk assessment", "a decision or awaiting, as there is a disclosure")
    if values.get("Risk assessment") == "not needed":
        del values["Risk assessment"]
    if "DBS level" in values:
        _check_dates(row, wrong)
        _check_assessed(row, wrong)
    else:
        for column in sorted(CHECK_NAMES & values.keys()):
            wrong(column, "a blank, as there is no DBS level")


def _check_dates(row: Row, wrong: Any) -> None:
    values = row.values
    applied, issued = values.get("DBS applied on"), values.get("DBS issued on")
    result = values.get("DBS result")
    if applied is None:
        wrong("DBS applied on", "a date, as there is a DBS level")
    elif issued and issued < applied:
        wrong("DBS issued on", "a day on or after the application")
    if issued is None and result in {"clear", "disclosure"}:
        wrong("DBS issued on", f"a date, as the result is {result}")
    if issued and result in {None, "awaiting"}:
        wrong("DBS result", "clear or disclosure, as the check was issued")


def _check_assessed(row: Row, wrong: Any) -> None:
    values = row.values
    decision, assessed = values.get("Risk assessment"), values.get("Risk assessed on")
    if decision and values.get("DBS result") != "disclosure":
        wrong("Risk assessment", "not needed, as there is no disclosure")
    if assessed and decision in {None, "awaiting"}:
        wrong("Risk assessed on", "a blank, as nothing is decided")
    elif decision and decision != "awaiting" and assessed is None:
        wrong("Risk assessed on", f"a date, as the assessment is {decision}")


def standing_of(values: dict[str, Any]) -> Standing:
    """What a row says, as checks know it."""
    return Standing(
        level=values["DBS level"],
        applied_on=values["DBS applied on"],
        issued_on=values.get("DBS issued on"),
        result=values.get("DBS result", "awaiting"),
        decision=DECISIONS[values["Risk assessment"]] if "Risk assessment" in values else "",
        decided_on=values.get("Risk assessed on"),
    )


def values_of(standing: Standing) -> dict[str, Any]:
    """What checks know, as a row would say it."""
    return {
        "DBS level": standing.level,
        "DBS applied on": standing.applied_on,
        "DBS issued on": standing.issued_on,
        "DBS result": standing.result,
        "Risk assessment": WORDS.get(standing.decision),
        "Risk assessed on": standing.decided_on,
    }


def merged(here: Standing | None, brought: dict[str, Any]) -> dict[str, Any]:
    """What a row says of a check, if it is here already: a blank leaves what is known."""
    said = {name: value for name, value in brought.items() if name in CHECK_NAMES}
    whole = {**values_of(here), **said} if here else said
    result = whole.get("DBS result", "awaiting")
    if result != "disclosure":
        whole = {k: v for k, v in whole.items() if not k.startswith("Risk")}
    if result == "awaiting":
        whole.pop("DBS issued on", None)
    if whole.get("Risk assessment") == "awaiting":
        whole.pop("Risk assessed on", None)
    return {name: value for name, value in whole.items() if value is not None}
