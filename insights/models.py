"""Figures as stored: counts of a month and its snapshots, the latest forecast, reports."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from insights.api.models import ApiToken
from insights.partnership.models import Partner, PartnerFigures, SigningKey
from insights.reports.models import BoardReport
from organisation.models import Directorate, Service

__all__ = [
    "RATINGS",
    "ApiToken",
    "BoardReport",
    "Forecast",
    "MonthCounts",
    "MonthRatings",
    "Partner",
    "PartnerFigures",
    "SigningKey",
    "Snapshot",
]

RATINGS = range(11)


class Cell(models.Model):
    """A month, directorate and setting, counted again when its month is marked as changed."""

    month = models.DateField(help_text="The first day of the month.")
    directorate = models.ForeignKey(Directorate, models.CASCADE, related_name="+")
    setting = models.CharField(max_length=10, choices=Service.Setting, db_default="community")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.directorate_id} {self.setting}"


class MonthCounts(Cell):
    """What is counted of the completed reviews of one cell."""

    completed = models.PositiveIntegerField(default=0, db_default=0)
    covered = models.PositiveIntegerField(default=0, db_default=0)
    covered_in_person = models.PositiveIntegerField(default=0, db_default=0)
    assigned = models.PositiveIntegerField(default=0, db_default=0)
    missed_never_asked = models.PositiveIntegerField(default=0, db_default=0)
    missed_none_could_go = models.PositiveIntegerField(default=0, db_default=0)
    missed_checks_or_access = models.PositiveIntegerField(default=0, db_default=0)
    missed_nobody_available = models.PositiveIntegerField(default=0, db_default=0)
    missed_declined = models.PositiveIntegerField(default=0, db_default=0)
    missed_withdrew = models.PositiveIntegerField(default=0, db_default=0)
    missed_refused = models.PositiveIntegerField(default=0, db_default=0)
    missed_other = models.PositiveIntegerField(default=0, db_default=0)
    missed_not_recorded = models.PositiveIntegerField(default=0, db_default=0)
    team_asked = models.PositiveIntegerField(default=0, db_default=0)
    team_received = models.PositiveIntegerField(default=0, db_default=0)
    team_rated = models.PositiveIntegerField(default=0, db_default=0)
    team_impact_sum = models.PositiveIntegerField(default=0, db_default=0)
    quality_asked = models.PositiveIntegerField(default=0, db_default=0)
    quality_received = models.PositiveIntegerField(default=0, db_default=0)
    quality_rated = models.PositiveIntegerField(default=0, db_default=0)
    quality_impact_sum = models.PositiveIntegerField(default=0, db_default=0)
    lxr_asked = models.PositiveIntegerField(default=0, db_default=0)
    lxr_received = models.PositiveIntegerField(default=0, db_default=0)
    in_training_rated = models.PositiveIntegerField(default=0, db_default=0)
    in_training_sum = models.PositiveIntegerField(default=0, db_default=0)
    on_visit_rated = models.PositiveIntegerField(default=0, db_default=0)
    on_visit_sum = models.PositiveIntegerField(default=0, db_default=0)
    after_visit_rated = models.PositiveIntegerField(default=0, db_default=0)
    after_visit_sum = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "month counts"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "directorate", "setting"], name="insights_month_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="insights_month_counts_first_day"
            ),
            models.CheckConstraint(
                condition=Q(setting__in=["community", "inpatient", "secure", "prison"]),
                name="insights_month_counts_setting",
            ),
            models.CheckConstraint(
                condition=Q(covered__lte=F("completed")), name="insights_covered_within_completed"
            ),
            models.CheckConstraint(
                condition=Q(covered_in_person__lte=F("covered")),
                name="insights_in_person_within_covered",
            ),
            models.CheckConstraint(
                condition=Q(assigned__lte=F("completed")),
                name="insights_assigned_within_completed",
            ),
            models.CheckConstraint(
                condition=Q(
                    completed=F("covered")
                    + F("missed_never_asked")
                    + F("missed_none_could_go")
                    + F("missed_checks_or_access")
                    + F("missed_nobody_available")
                    + F("missed_declined")
                    + F("missed_withdrew")
                    + F("missed_refused")
                    + F("missed_other")
                    + F("missed_not_recorded")
                ),
                name="insights_each_miss_has_a_reason",
            ),
        ]


class MonthRatings(Cell):
    """How many gave each rating to one question, of the completed reviews of one cell."""

    class Question(models.TextChoices):
        TEAM = "team", "Impact: reviewed services"
        QUALITY = "quality", "Impact: quality team"
        IN_TRAINING = "in_training", "Support in training"
        ON_VISIT = "on_visit", "Support on the visit"
        AFTER_VISIT = "after_visit", "Support after the visit"

    question = models.CharField(max_length=11, choices=Question)
    gave_0 = models.PositiveIntegerField(default=0, db_default=0)
    gave_1 = models.PositiveIntegerField(default=0, db_default=0)
    gave_2 = models.PositiveIntegerField(default=0, db_default=0)
    gave_3 = models.PositiveIntegerField(default=0, db_default=0)
    gave_4 = models.PositiveIntegerField(default=0, db_default=0)
    gave_5 = models.PositiveIntegerField(default=0, db_default=0)
    gave_6 = models.PositiveIntegerField(default=0, db_default=0)
    gave_7 = models.PositiveIntegerField(default=0, db_default=0)
    gave_8 = models.PositiveIntegerField(default=0, db_default=0)
    gave_9 = models.PositiveIntegerField(default=0, db_default=0)
    gave_10 = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "month ratings"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "directorate", "setting", "question"],
                name="insights_month_ratings_once",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="insights_month_ratings_first_day"
            ),
            models.CheckConstraint(
                condition=Q(setting__in=["community", "inpatient", "secure", "prison"]),
                name="insights_month_ratings_setting",
            ),
            models.CheckConstraint(
                condition=Q(
                    question__in=["team", "quality", "in_training", "on_visit", "after_visit"]
                ),
                name="insights_month_ratings_question",
            ),
        ]


class Snapshot(models.Model):
    """What a figure was for a month: as first reported, and each time it was revised since.

    ``number`` counts them for each figure, definition, month and directorate (none: all together)
    from 1, the first; the newest has not been replaced.
    """

    figure = models.CharField(max_length=40)
    definition = models.PositiveSmallIntegerField(help_text="The version of its definition.")
    month = models.DateField()
    directorate = models.ForeignKey(
        Directorate, models.CASCADE, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(default=1, db_default=1)
    numerator = models.IntegerField(null=True)
    denominator = models.IntegerField(null=True)
    taken_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["month", "figure", "number"]
        constraints = [
            # Each of them twice, because not every database can be told that empty equals empty.
            models.UniqueConstraint(
                fields=["figure", "definition", "month", "directorate", "number"],
                name="insights_snapshot_once",
            ),
            models.UniqueConstraint(
                fields=["figure", "definition", "month", "number"],
                condition=Q(directorate__isnull=True),
                name="insights_snapshot_overall_once",
            ),
            models.UniqueConstraint(
                fields=["figure", "definition", "month", "directorate"],
                condition=Q(replaced_at__isnull=True),
                name="insights_snapshot_one_newest",
            ),
            models.UniqueConstraint(
                fields=["figure", "definition", "month"],
                condition=Q(directorate__isnull=True, replaced_at__isnull=True),
                name="insights_snapshot_overall_one_newest",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="insights_snapshot_number"),
            models.CheckConstraint(condition=Q(month__day=1), name="insights_snapshot_first_day"),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("taken_at")),
                name="insights_snapshot_replaced_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.month:%Y-%m} {self.number}"


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
