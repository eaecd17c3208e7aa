"""Starting a board report, writing it, and approving it: from then on its bytes stay the same."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from feedback.models import Answer, Remark
from insights.periods import whole_months
from insights.reports import policies
from insights.reports.content import Content, count
from insights.reports.models import BoardReport
from insights.reports.queries import get_quote, quotes_in, words_now
from insights.reports.setting import Approval, as_page, as_pdf, content_of, digest_of
from jobs import operations as jobs
from jobs.models import Job
from organisation.queries import trust_settings
from rules import RuleBroken

COUNT = "count a board report"
APPROVE = "approve a board report"
Progress = Callable[[int, str], None]


@transaction.atomic
def start_report(*, since: date, until: date, by: User, now: datetime) -> tuple[BoardReport, bool]:
    """A draft for these months, and whether it is new. Where there is one already, it is that."""
    title = "Board report"
    report, is_new = BoardReport.objects.get_or_create(
        since=since,
        until=until,
        state=BoardReport.State.DRAFT,
        defaults={"title": title, "made_by": by, "made_at": now},
    )
    if is_new:
        record("started a board report", on=report, by=by, now=now)
        ask_to_count(report=report, by=by, now=now)
    return report, is_new


@transaction.atomic
def ask_to_count(*, report: BoardReport, by: User, now: datetime) -> Job:
    """Have its figures counted anew. While that goes on, it is the same job. Raises RuleBroken."""
    held = _locked_draft(report)
    return _going_on(held) or _ask(held, COUNT, {}, by=by, now=now)


def fill(*, report: BoardReport, now: datetime, progress: Progress) -> None:
    """The work behind it: count, and keep what was counted. Of an approved report: nothing."""
    progress(10, "Counting reviews and people")
    today = localdate(now)
    figures = count(whole_months(report.since, report.until, today), today)
    progress(90, "Keeping what was counted")
    with transaction.atomic():
        held = BoardReport.objects.select_for_update().light().filter(pk=report.pk).first()
        if held is None or not held.is_draft:
            return
        held.figures, held.counted_at = figures, now
        held.save(update_fields=["figures", "counted_at"])
        record("counted a board report", on=held, by=None, now=now)


@transaction.atomic
def write_report(
    *, report: BoardReport, words: dict[str, str], by: User, now: datetime
) -> BoardReport:
    """Other words: ``title``, ``headline``, ``done``, ``actions``. Raises RuleBroken."""
    held = _locked_draft(report)
    changed = [name for name, value in words.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, words[name])
    if changed:
        held.save(update_fields=changed)
        record("wrote a board report", on=held, by=by, now=now, fields=changed)
    return held


@transaction.atomic
def use_quote(*, report: BoardReport, quote: Remark, by: User, now: datetime) -> None:
    """Words of the library stand in the report. Raises RuleBroken; again changes nothing."""
    held = _locked_draft(report)
    there = {each.pk for each in quotes_in(held)}
    if quote.pk in there:
        return
    policies.check_can_add_quote(len(there))
    if get_quote(quote.pk) is None:
        message = "These words may not be quoted any more."
        raise RuleBroken(message)
    held.quotes.add(quote)
    record("chose a quote for a board report", on=held, by=by, now=now, fields=["quotes"])


@transaction.atomic
def leave_out_quote(*, report: BoardReport, quote: Remark, by: User, now: datetime) -> None:
    """Words are taken out of the report again. Raises RuleBroken; again changes nothing."""
    held = _locked_draft(report)
    if held.quotes.filter(pk=quote.pk).exists():
        held.quotes.remove(quote)
        record("left a quote out of a board report", on=held, by=by, now=now, fields=["quotes"])


@transaction.atomic
def discard_report(*, report: BoardReport, by: User, now: datetime) -> None:
    """A draft is thrown away. Raises RuleBroken."""
    held = _locked_draft(report)
    record("discarded a board report", on=held, by=by, now=now)
    held.delete()


@transaction.atomic
def ask_to_approve(*, report: BoardReport, read: str, by: User, now: datetime) -> Job:
    """Approve what was read, named by its digest: the job sets the PDF and freezes both.

    Raises RuleBroken: see check_can_be_approved and check_is_as_read, and while figures are
    counted. Asked again while the job goes on, it is the same job.
    """
    held = _locked_draft(report)
    going_on = _going_on(held)
    if going_on is not None and going_on.kind == APPROVE:
        return going_on
    if going_on is not None:
        message = "The figures are being counted again. Wait until that is done, then read them."
        raise RuleBroken(message)
    policies.check_is_as_read(read, page_digest(held))
    return _ask(held, APPROVE, {"read": read}, by=by, now=now)


def approve(
    *, report: BoardReport, read: str, by: User, now: datetime, progress: Progress
) -> BoardReport:
    """The work behind it. Quotes are held against their authors' permission once more, in the
    transaction that freezes: what was withdrawn until then stops it. Raises RuleBroken.
    """
    progress(10, "Reading it once more")
    words, content = words_now(report), _ready(report)
    page = as_page(words, content).encode()
    policies.check_is_as_read(read, digest_of(page))
    progress(30, "Setting the PDF")
    team, approval = trust_settings().team_name, Approval(str(by), now)
    document = as_pdf(words, content, team=team, approval=approval)
    progress(90, "Freezing it")
    with transaction.atomic():
        held = _locked_draft(report)
        _hold_permissions(held)
        policies.check_is_as_read(read, page_digest(held))
        held.quotes.set(quotes_in(held))
        held.state = BoardReport.State.APPROVED
        held.approved_at, held.approved_by = now, by
        held.page, held.page_digest = page, read
        held.document, held.document_digest = document, digest_of(document)
        held.save()
        record("approved a board report", on=held, by=by, now=now)
    return held


def page_digest(report: BoardReport) -> str:
    """The digest of the page as it would be approved now. Raises RuleBroken: see ``policies``."""
    return digest_of(as_page(words_now(report), _ready(report)).encode())


def _ready(report: BoardReport) -> Content:
    return policies.check_can_be_approved(report, content_of(report))


def _locked_draft(report: BoardReport) -> BoardReport:
    rows = BoardReport.objects.select_for_update(of=("self",)).defer("page", "document")
    held = rows.select_related("job").filter(pk=report.pk).first()
    if held is None:
        message = "This report was discarded."
        raise RuleBroken(message)
    policies.check_is_draft(held)
    return held


def _hold_permissions(report: BoardReport) -> None:
    """Nobody takes their words back until this transaction ends: that locks their answer too."""
    quoted = [each.answer_id for each in quotes_in(report)]
    list(Answer.objects.select_for_update().filter(pk__in=quoted).order_by("pk"))


def _going_on(report: BoardReport) -> Job | None:
    """The work on it that has not ended."""
    return report.job if report.job and report.job.finished_at is None else None


def _ask(
    report: BoardReport, kind: str, arguments: dict[str, str], *, by: User, now: datetime
) -> Job:
    report.job = jobs.ask(kind=kind, by=by, now=now, arguments={"report": report.pk, **arguments})
    report.save(update_fields=["job"])
    return report.job
