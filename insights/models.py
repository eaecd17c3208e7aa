"""Figures as stored: counts a month and directorate, snapshots of a month, the latest forecast."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from insights.api.models import ApiToken
from organisation.models import Directorate

__all__ = ["ApiToken", "MonthCounts", "Snapshot"]


class MonthCounts(models.Model):
    """The counts of one month and directorate, recomputed when the month is marked as changed."""

    month = models.DateField(help_text="The first day of the month.")
    directorate = models.ForeignKey(Directorate, models.CASCADE, related_name="month_counts")
    completed = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)
    covered_in_person = models.PositiveIntegerField(default=0)
    assigned = models.PositiveIntegerField(default=0)
    team_asked = models.PositiveIntegerField(default=0)
    team_received = models.PositiveIntegerField(default=0)
    team_rated = models.PositiveIntegerField(default=0)
    team_impact_sum = models.PositiveIntegerField(default=0)
    quality_asked = models.PositiveIntegerField(default=0)
    quality_received = models.PositiveIntegerField(default=0)
    quality_rated = models.PositiveIntegerField(default=0)
    quality_impact_sum = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "month counts"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "directorate"], name="insights_month_counts_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="insights_month_counts_first_day"
            ),
            models.CheckConstraint(
                condition=models.Q(covered__lte=models.F("completed")),
                name="insights_covered_within_completed",
            ),
            models.CheckConstraint(
                condition=models.Q(covered_in_person__lte=models.F("covered")),
                name="insights_in_person_within_covered",
            ),
            models.CheckConstraint(
                condition=models.Q(assigned__lte=models.F("completed")),
                name="insights_assigned_within_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.directorate_id}"


class Snapshot(models.Model):
    """What a figure was for a month, as first stored. One for each figure, month, directorate."""

    figure = models.CharField(max_length=40)
    definition = models.PositiveSmallIntegerField(help_text="The version of its definition.")
    month = models.DateField()
    directorate = models.ForeignKey(
        Directorate, models.CASCADE, null=True, blank=True, related_name="+"
    )
    numerator = models.IntegerField()
    denominator = models.IntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["month", "figure"]
        constraints = [
            # Two, because not every database can be told that empty equals empty.
            models.UniqueConstraint(
                fields=["figure", "definition", "month", "directorate"],
                name="insights_snapshot_once",
            ),
            models.UniqueConstraint(
                fields=["figure", "definition", "month"],
                condition=models.Q(directorate__isnull=True),
                name="insights_snapshot_overall_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.month:%Y-%m}"


class Forecast(models.Model):
    """What it would take, as last worked out: totals, of nobody in particular. The next one
    replaces it.
    """

    as_at = models.DateField()
    made_at = models.DateTimeField()
    found = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="See ``insights.forecast.findings``."
    )

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.as_at:%Y-%m-%d}"
