"""Reads of board reports: which there are, and which words may stand in one."""

from uuid import UUID

from accounts.models import User
from feedback.attribution import cited
from feedback.models import Remark
from feedback.queries import quotes
from insights.reports.models import BoardReport, BoardReportQuerySet
from insights.reports.setting import Words, words_of


def reports(user: User) -> BoardReportQuerySet:
    """The reports that this user may see, without what is long."""
    return BoardReport.objects.visible_to(user).light()


def to_approve() -> BoardReportQuerySet:
    """Drafts that are counted and have a headline, the latest months first."""
    drafts = BoardReport.objects.light().filter(
        state=BoardReport.State.DRAFT, counted_at__isnull=False
    )
    return drafts.exclude(headline="").select_related("made_by").order_by("-until", "-pk")


def get_report(user: User, pk: int) -> BoardReport | None:
    """One that this user may see, with who approved it and the work that goes on."""
    rows = BoardReport.objects.visible_to(user).defer("document")
    return rows.select_related("job", "made_by", "approved_by").filter(pk=pk).first()


def get_document(user: User, pk: int) -> BoardReport | None:
    """One that this user may see and that is approved, with its PDF."""
    rows = BoardReport.objects.visible_to(user).defer("figures", "page")
    return rows.filter(pk=pk, state=BoardReport.State.APPROVED).first()


def quotes_in(report: BoardReport) -> list[Remark]:
    """Its quotes, the latest visit first. One that was withdrawn is none any more."""
    rows = quotes().filter(board_reports=report)
    return list(rows.order_by("-answer__review__visit_on", "-pk"))


def get_quote(key: UUID) -> Remark | None:
    """The words with that key, while they may be quoted."""
    return quotes().filter(pk=key).first()


def words_now(report: BoardReport) -> Words:
    """Everything a report says in words, with the quotes that may be used now. One query."""
    return words_of(report, [cited(each) for each in quotes_in(report)])
