"""Reviews: one visit each, the days it moved from, and the months whose figures changed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from organisation.models import Directorate, Service
from reviews.models.teams import TeamMember
from training.models import QuestionSet

if TYPE_CHECKING:
    from accounts.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, by what the programme calls them."""

    def coming(self) -> "ReviewQuerySet":
        """Planned or confirmed."""
        return self.filter(status__in=Review.COMING)

    def completed(self) -> "ReviewQuerySet":
        """Visited: completed, reported or closed."""
        return self.filter(status__in=Review.VISITED)

    def covered(self) -> "ReviewQuerySet":
        """Completed reviews at which at least one LXR attended."""
        return self.completed().filter(
            models.Exists(
                TeamMember.objects.lxrs().filter(review=models.OuterRef("pk"), attended=True)
            )
        )

    def with_accepted_lxr(self) -> "ReviewQuerySet":
        """Those on which at least one LXR has accepted."""
        return self.filter(
            models.Exists(
                TeamMember.objects.lxrs().filter(
                    review=models.OuterRef("pk"), response=TeamMember.Response.ACCEPTED
                )
            )
        )

    def led_by(self, user: "User") -> "ReviewQuerySet":
        """Those whose lead is this user."""
        return self.filter(
            models.Exists(
                TeamMember.objects.filter(
                    review=models.OuterRef("pk"), role=TeamMember.Role.LEAD, staff__user=user
                )
            )
        )


class Review(models.Model):
    """One assessment of one service, with a visit date. Without times it takes the whole day."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        CONFIRMED = "confirmed", "Confirmed"
        COMPLETED = "completed", "Completed"
        REPORTED = "reported", "Reported"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Cancelled"

    COMING = (Status.PLANNED, Status.CONFIRMED)
    VISITED = (Status.COMPLETED, Status.REPORTED, Status.CLOSED)

    class GapReason(models.TextChoices):
        NEVER_ASKED = "never asked", "Nobody was asked"
        NONE_COULD_GO = "none who could go", "None who could go"
        CHECKS_OR_ACCESS = "checks or site access", "Checks or site access"
        NOBODY_AVAILABLE = "nobody available", "Nobody was available"
        DECLINED = "declined", "Could not come when asked"
        WITHDREW = "could no longer come", "Could no longer come"
        REFUSED = "service or site refused", "The service or site refused"
        OTHER = "other", "Another reason"
        NOT_RECORDED = "not recorded", "Not recorded"

    reference = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="reviews")
    visit_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    meet_at = models.CharField("where to meet", max_length=200, blank=True)
    ring_on_the_day = models.CharField(max_length=60, blank=True)
    bring = models.CharField("what to bring", max_length=300, blank=True)
    site_asks = models.CharField(
        "what the site asks of this visit", max_length=300, blank=True, default="", db_default=""
    )
    staff_wanted = models.PositiveSmallIntegerField(
        "staff wanted beside the lead", default=1, db_default=1
    )
    lxrs_wanted = models.PositiveSmallIntegerField(default=2)
    may_be_remote = models.BooleanField(
        "an LXR may take part remotely", default=False, db_default=False
    )
    gap_reason = models.CharField(max_length=30, choices=GapReason.choices, blank=True)
    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, null=True, blank=True, related_name="reviews"
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["visit_on", "id"]
        indexes = [
            models.Index(fields=["visit_on", "id"], name="reviews_by_day"),
            models.Index(
                fields=["visit_on", "id"],
                condition=models.Q(status__in=["planned", "confirmed"]),
                name="reviews_coming_by_day",
            ),
            models.Index(  # all that a list of visits without something asks of each
                fields=["visit_on", "id", "service"],
                condition=models.Q(status__in=["completed", "reported", "closed"]),
                name="reviews_visited_by_day",
            ),
            models.Index(fields=["status", "visit_on", "id"], name="reviews_by_status"),
            models.Index(fields=["service", "visit_on", "id"], name="reviews_by_service"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "planned",
                        "confirmed",
                        "completed",
                        "reported",
                        "closed",
                        "cancelled",
                    ]
                ),
                name="reviews_review_status",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, ends_at__isnull=True)
                | models.Q(
                    starts_at__isnull=False,
                    ends_at__isnull=False,  # else the comparison is unknown, and that passes
                    ends_at__gt=models.F("starts_at"),
                ),
                name="reviews_review_ends_later",
            ),
            models.CheckConstraint(
                condition=models.Q(lxrs_wanted__gte=1), name="reviews_review_wants_lxr"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.service.name}"

    @property
    def is_coming(self) -> bool:
        """Planned or confirmed."""
        return self.status in self.COMING

    @property
    def is_visited(self) -> bool:
        """Completed, reported or closed."""
        return self.status in self.VISITED


class Postponement(models.Model):
    """A visit date that was given up for a later or earlier one."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="postponements")
    from_day = models.DateField()
    to_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_day=models.F("to_day")), name="reviews_postponement_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day} → {self.to_day}"


class ChangedMonth(models.Model):
    """A mark left for the floor above: the figures of this month and directorate have changed."""

    month = models.DateField(help_text="The first day of the month.")
    directorate = models.ForeignKey(Directorate, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "directorate"], name="reviews_changed_month_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="reviews_changed_month_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.directorate_id}"
