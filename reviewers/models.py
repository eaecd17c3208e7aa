"""The people: Lived Experience Reviewers at any stage, and what they told us."""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from notifications.models import Channel
from organisation.models import Directorate, Service

EVERY_DAY = 0b1111111  # bit 0 is Monday


class Stage(models.TextChoices):
    """Where a person is on the way to visits. Checks and training run in parallel."""

    ENQUIRY = "enquiry", "Enquiry"
    INTERVIEW = "interview", "Interview"
    CHECKS = "checks", "Checks"
    TRAINING = "training", "Training"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    LEFT = "left", "Left"


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Reviewers, by what the programme calls them."""

    def active(self) -> "ReviewerQuerySet":
        """In the active stage."""
        return self.filter(stage=Stage.ACTIVE)

    def still_here(self) -> "ReviewerQuerySet":
        """Everyone who has not left."""
        return self.exclude(stage=Stage.LEFT)


class Reviewer(models.Model):
    """A person with lived experience in the programme, at any stage (LXR)."""

    class Experience(models.TextChoices):
        SERVICE_USER = "service user", "Service user"
        CARER = "carer", "Carer"
        BOTH = "both", "Service user and carer"

    reference = models.CharField(max_length=20, unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    preferred_contact = models.CharField(
        max_length=5, choices=Channel.choices, default=Channel.EMAIL
    )
    joined_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ENQUIRY)
    stage_since = models.DateField()
    paused_until = models.DateField(null=True, blank=True)
    experience = models.CharField(max_length=12, choices=Experience.choices, blank=True)
    experience_of = models.ManyToManyField(Directorate, blank=True, related_name="reviewers")
    access_needs = EncryptedTextField(blank=True)
    role_description_signed_on = models.DateField(null=True, blank=True)
    available_weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY)
    visits_a_month = models.PositiveSmallIntegerField(default=2)
    first_visit_anywhere = models.BooleanField(
        default=False, help_text="Asked for a first visit to any service, or as the only LXR."
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reviewer"
    )

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        indexes = [
            models.Index(fields=["last_name", "first_name", "id"], name="reviewers_by_name"),
            models.Index(
                fields=["stage", "last_name", "first_name", "id"], name="reviewers_by_stage"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="reviewers_reviewer_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(available_weekdays__lte=EVERY_DAY),
                name="reviewers_reviewer_weekdays",
            ),
            models.CheckConstraint(
                condition=models.Q(visits_a_month__gte=1, visits_a_month__lte=31),
                name="reviewers_reviewer_visits_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_until__isnull=True) | models.Q(stage="paused"),
                name="reviewers_reviewer_paused_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class StageChange(models.Model):
    """One move from stage to stage: when, by whom, and a note."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(max_length=10, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=10, choices=Stage)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")),
                name="reviewers_change_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class Exclusion(models.Model):
    """A service this person must not be sent to. Why is not asked and not stored."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="exclusions")
    service = models.ForeignKey(Service, models.CASCADE, related_name="exclusions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "service"], name="reviewers_exclusion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} not {self.service_id}"


class TimeAway(models.Model):
    """Days on which this person cannot come, first and last included."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="times_away")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        verbose_name_plural = "times away"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="reviewers_away_ends_later",
            ),
            models.UniqueConstraint(
                fields=["reviewer", "starts_on", "ends_on"], name="reviewers_away_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"
