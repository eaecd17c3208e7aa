"""Board reports in the nets' world: a draft with a quote, and one that was approved."""

from datetime import date
from typing import Any

from django.db import transaction

from insights.operations import mark_differences
from insights.periods import whole_months
from insights.reports.content import count, from_kept
from insights.reports.models import BoardReport
from insights.reports.queries import words_now
from insights.reports.setting import as_page, digest_of
from tests.factories import NOW, TODAY

MONTHS = {"since": date(2026, 1, 1), "until": date(2026, 6, 1)}
WORDS = {
    "headline": "Most reviews had somebody with lived experience.",
    "done": "Two people have started their training.",
    "actions": "Train two more people by June\nAsk each prison what it needs",
}
_kept: dict[str, Any] = {}
_pages: dict[str, bytes] = {}


def figures() -> dict[str, Any]:
    """What was counted in the first world of the run; each world has the same."""
    if not _kept:
        with transaction.atomic():
            mark_differences()
            period = whole_months(MONTHS["since"], MONTHS["until"], TODAY)
            _kept.update(count(period, TODAY))
            transaction.set_rollback(True)
    return _kept


def add_reports(world: Any) -> None:
    """One of each state."""
    started = {"made_by": world.coordinator, "made_at": NOW, "figures": figures()}
    world.report_draft = BoardReport.objects.create(
        title="Board report", counted_at=NOW, **MONTHS, **WORDS, **started
    )
    world.report_draft.quotes.add(world.quote)
    world.report = frozen(world, date(2025, 7, 1), date(2025, 12, 1))


def frozen(world: Any, since: date, until: date) -> BoardReport:
    """An approved report; its document is a stand-in."""
    report = BoardReport(title="Board report", since=since, until=until, **WORDS)
    report.made_by, report.made_at, report.counted_at = world.coordinator, NOW, NOW
    report.figures = figures()
    report.save()
    report.page = page_of(report)
    report.document = b"%PDF-1.7"
    report.page_digest, report.document_digest = digest_of(report.page), digest_of(report.document)
    report.state, report.approved_by, report.approved_at = "approved", world.quality_lead, NOW
    report.save()
    return report


def page_of(report: BoardReport) -> bytes:
    """Its page, set once in the run."""
    key = str(report.months)
    if key not in _pages:
        _pages[key] = as_page(words_now(report), from_kept(report.figures)).encode()
    return _pages[key]


def grow_reports(world: Any, n: int) -> None:
    """One more draft."""
    month = date(1990 + n, 1, 1)
    BoardReport.objects.create(
        title=f"Report {n}", since=month, until=month, made_by=world.coordinator, made_at=NOW
    )
