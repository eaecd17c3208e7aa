"""A board report: a draft that changes, or what was approved, byte for byte."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.permissions import Permission
from feedback.models import Remark
from insights.periods import Period
from jobs.models import Job

if TYPE_CHECKING:
    from accounts.models import User


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    """Reports, as pages ask for them."""

    def visible_to(self, user: "User") -> "BoardReportQuerySet":
        """Those that are approved; drafts too for whoever writes or approves them."""
        if user.may(Permission.WRITE_REPORTS) or user.may(Permission.APPROVE_REPORTS):
            return self
        return self.filter(state=BoardReport.State.APPROVED)

    def light(self) -> "BoardReportQuerySet":
        """Without what is long, which is read when it is asked for."""
        return self.defer("figures", "page", "document")


class BoardReport(models.Model):
    """What the board is told of some months.

    ``figures`` are kept as they were counted last, see ``insights.reports.content``. A draft names
    its quotes and shows those that may still be used. Once it is approved, ``page`` and
    ``document`` are what was approved, with their SHA-256, and nothing of it changes any more.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"

    title = models.CharField(max_length=120)
    since = models.DateField(help_text="The first day of the first month.")
    until = models.DateField(help_text="The first day of the last month.")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    headline = models.TextField(blank=True)
    done = models.TextField(
        blank=True, help_text="What was done about reviews at which no LXR took part."
    )
    actions = models.TextField(blank=True, help_text="What happens next, one on each line.")
    quotes = models.ManyToManyField(Remark, blank=True, related_name="board_reports")
    figures = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    counted_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    page = models.BinaryField(null=True, blank=True, help_text="HTML, within a page of the portal.")
    page_digest = models.CharField(max_length=64, blank=True)
    document = models.BinaryField(null=True, blank=True, help_text="The PDF.")
    document_digest = models.CharField(max_length=64, blank=True)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "-id"]
        indexes = [models.Index(fields=["-until", "-id"], name="insights_report_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__day=1, until__day=1, since__lte=models.F("until")),
                name="insights_report_whole_months",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="insights_report_has_title"),
            models.UniqueConstraint(
                fields=["since", "until"],
                condition=models.Q(state="draft"),
                name="insights_report_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="draft",
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                    page__isnull=True,
                    document__isnull=True,
                    page_digest="",
                    document_digest="",
                )
                | (
                    models.Q(
                        state="approved",
                        approved_at__isnull=False,
                        approved_by__isnull=False,
                        counted_at__isnull=False,
                        page__isnull=False,
                        document__isnull=False,
                    )
                    & ~models.Q(page_digest="")
                    & ~models.Q(document_digest="")
                ),
                name="insights_report_frozen_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether it can still change."""
        return self.state == self.State.DRAFT

    @property
    def months(self) -> Period:
        """Its months, the last one as its first day: for their names alone."""
        return Period(self.since, self.until)
