"""Setting a report: its page as HTML and its PDF, from the same content. The same gives the same.

Neither looks at the clock, so what was approved can be held against what would be set now.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from insights.reports.content import DONE, Content, KeptChart, KeptTable, from_kept
from insights.reports.models import BoardReport
from nhsuk.documents import set_document
from nhsuk.words import in_london, nhs_date

TEMPLATE = Path(__file__).with_name("report.typ")
# A chart by itself has no page to take its width and its letters from.
_STANDING = (
    'xmlns="http://www.w3.org/2000/svg" width="640" viewBox="0 0 640 {height}" '
    'font-family="Arial, Liberation Sans, DejaVu Sans"'
)
_HEIGHT = re.compile(r'height="(\d+)"')


@dataclass(frozen=True)
class Approval:
    """Who approved the report, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Words:
    """A report's own words and its quotes, each with whose it is."""

    title: str
    months: str
    headline: str
    done: str
    actions: Sequence[str]
    quotes: Sequence[str]


def words_of(report: BoardReport, quotes: Sequence[str]) -> Words:
    """The words of a report as they are now."""
    actions = [line.strip(" \t-•*") for line in report.actions.splitlines()]
    return Words(
        report.title,
        str(report.months),
        report.headline.strip(),
        report.done.strip(),
        [line for line in actions if line],
        quotes,
    )


def content_of(report: BoardReport) -> Content | None:
    """What was counted; None before it is."""
    return from_kept(report.figures) if report.figures else None


def as_page(words: Words, content: Content) -> str:
    """The report as HTML, to stand within a page of the portal."""
    context = {"words": words, "content": content, "done": DONE}
    return render_to_string("insights/reports/_report.html", context)


def as_pdf(words: Words, content: Content, *, team: str, approval: Approval | None) -> bytes:
    """A tagged PDF (PDF/UA-1), each chart with its table. What people wrote is never markup.

    Without an approval each of its pages says that it is a draft.
    """
    day = in_london(approval.at) if approval else None
    held = {
        **asdict(words),
        "headline": _paragraphs(words.headline),
        "team": team,
        "approved": (
            f"From the {team}. {approval.by} approved this report on {nhs_date(day)}."
            if approval and day
            else ""
        ),
        "day": [day.year, day.month, day.day] if day else [],
        "days": content.days,
        "counted_on": content.counted_on,
        "sections": [
            {
                "key": each.key,
                "title": each.title,
                "lead": each.lead,
                "words": _paragraphs(words.done) if each.key == DONE else [],
                "cards": each.cards,
                "charts": [_chart(chart) for chart in each.charts],
                "tables": [_table(table) for table in each.tables],
            }
            for each in content.sections
            if each.key != DONE or words.done
        ],
        "definitions": content.definitions,
    }
    return set_document(TEMPLATE, held)


def digest_of(content: bytes) -> str:
    """The SHA-256 by which anybody can tell whether something has changed."""
    return sha256(content).hexdigest()


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _chart(chart: KeptChart) -> dict[str, Any]:
    return {
        "finding": chart.finding,
        "svg": _standing(chart.svg),
        "note": chart.note,
        "table": _table(chart.table),
    }


def _standing(svg: str) -> str:
    height = _HEIGHT.search(svg)
    if not height:
        return svg
    return svg.replace('width="100%"', _STANDING.format(height=height[1]), 1)


def _table(table: KeptTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [
            {"name": column.name, "is_number": column.is_number} for column in table.columns
        ],
        "rows": [[{"words": cell.words, "note": cell.note} for cell in row] for row in table.rows],
    }
