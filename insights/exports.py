"""Every table of the figures pages as a file: by its key, from the same look as its page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

from accounts.permissions import Permission
from insights import queries
from insights.counting import Question
from insights.forecast import tables as forecast
from insights.looking import ChangeLook, Look, ReportedLook, ThemesLook, TrainingLook
from insights.partnership.looking import CompareLook
from insights.presenting import change as changed
from insights.presenting import coverage, people
from insights.presenting.ratings import QUESTIONS, table_key
from insights.presenting.reported import reported_table
from insights.presenting.responses import RESPONSES, response_key
from insights.presenting.themes import themes_table
from insights.tables import Table
from insights.training import count_training, said_by_version
from tables import csv_files, workbooks

ROWS_AT_ONCE = 2000
CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)


def _sessions(look: Look) -> Table:
    every = queries.held_sessions(look.people_as_at).order_by("held_on", "pk")
    rows = people.session_rows(every.iterator(ROWS_AT_ONCE), look.hidden_sessions)
    return people.session_table(rows)


def _trained(look: TrainingLook) -> Table | None:
    # Beside the sessions' numbers, each step would give away those that are not shown.
    if look.hides_small:
        return None
    return people.trained_chart(count_training(look.as_at).trained).table


def _first_visits(look: TrainingLook) -> Table:
    first = count_training(look.as_at).first_visits
    return people.first_visit_table(first, hides_small=look.hides_small)


def _ratings(question: Question) -> Callable[[Look], Table]:
    return lambda look: look.ratings(question).table


AS_REPORTED = "as-first-reported"
BETWEEN_MISSES = "covered-between-misses"
MONTH_BY_MONTH = "coverage-by-month-and-what-it-says"

COMMENTS_BY_THEME = "comments-by-theme"
TRUSTS_BY_COVERAGE = "trusts-by-coverage"
TRUSTS_BY_ACTIVATION = "trusts-by-activation"


def _response(number: int) -> Callable[[Look], Table]:
    return lambda look: look.responses[number].table


def _themes(look: ThemesLook) -> Table:
    return themes_table(look.rows)


RATES = [response_key(audience) for audience in RESPONSES]

TABLES: dict[str, Callable[[Any], Table | None]] = {
    "coverage-by-month": lambda look: coverage.month_chart(look.figures).table,
    "coverage-by-directorate": lambda look: coverage.directorate_chart(look.figures).table,
    "coverage-by-setting": lambda look: coverage.setting_table(look.figures),
    "missed-by-reason": lambda look: look.missed.by_reason().table,
    "missed-in-secure-and-prison-services": lambda look: look.missed.harder_to_reach().table,
    "missed-by-site": lambda look: look.missed_by_site,
    "missed-by-directorate": lambda look: look.missed.by_directorate().table,
    "missed-by-setting": lambda look: look.missed.by_setting().table,
    "missed-by-month": lambda look: look.missed.by_month().table,
    "impact": lambda look: look.impact.table,
    "impact-by-directorate": lambda look: look.impact_by_directorate,
    **{table_key(each): _ratings(each) for each in QUESTIONS},
    "activation-funnel": lambda look: look.funnel.table(),
    "attendees-per-session": _sessions,
    "trained-over-time": _trained,
    "days-to-a-first-visit": _first_visits,
    "what-attendees-said": lambda look: people.said_table(said_by_version(look.as_at)),
    BETWEEN_MISSES: lambda look: changed.misses_table(look.misses),
    MONTH_BY_MONTH: lambda look: changed.monthly_chart(look.monthly).table,
    AS_REPORTED: lambda look: reported_table(look.figure, look.rows),
    **{key: _response(number) for number, key in enumerate(RATES)},
    COMMENTS_BY_THEME: _themes,
    TRUSTS_BY_COVERAGE: lambda look: look.coverage.table if look.spans else None,
    TRUSTS_BY_ACTIVATION: lambda look: look.activation.table if look.spans else None,
    "what-it-would-take": lambda look: forecast.needs_table(forecast.kept_rows(look)),
    "what-came-of-asking": lambda look: forecast.asked_table(forecast.kept_rows(look)),
    "forecasts-and-what-happened": lambda look: forecast.held_table(forecast.kept_past(look)),
}
"""Each table's key, and how it is made of its look; None where this user may not see it."""


LOOKS: dict[str, type[Look]] = {
    "attendees-per-session": TrainingLook,
    "trained-over-time": TrainingLook,
    "days-to-a-first-visit": TrainingLook,
    "what-attendees-said": TrainingLook,
    AS_REPORTED: ReportedLook,
    BETWEEN_MISSES: ChangeLook,
    MONTH_BY_MONTH: ChangeLook,
    COMMENTS_BY_THEME: ThemesLook,
    TRUSTS_BY_COVERAGE: CompareLook,
    TRUSTS_BY_ACTIVATION: CompareLook,
}

PERMISSIONS = dict.fromkeys([*RATES, COMMENTS_BY_THEME], Permission.SEE_FEEDBACK)
"""Who may take a table away, where that is not whoever sees figures: as for its page."""


def permission_of(key: str) -> Permission:
    """What it takes to have the table of that key."""
    return PERMISSIONS.get(key, Permission.SEE_FIGURES)


def look_of(key: str) -> type[Look]:
    """What the table of that key is made of."""
    return LOOKS.get(key, Look)


def as_file(table: Table, kind: str, look: Look) -> HttpResponseBase:
    """The table to take away; its name says what was asked for."""
    name = "-".join((table.key, *look.asked))
    if kind == CSV:
        return csv_files.download(name, table.headings, table.lines)
    return workbooks.download(name, table.caption, table.headings, table.lines)
