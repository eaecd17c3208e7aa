"""What a person told us about themselves: where not, when not, what they need and know."""

from django.db import models

from organisation.models import Directorate, Service
from reviewers.how import How
from reviewers.models.people import Reviewer


class AccessNeed(models.Model):
    """Something a person needs so that they can take part (Accessible Information Standard)."""

    class Kind(models.TextChoices):
        LARGE_PRINT = "large print", "Large print"
        EASY_READ = "easy read", "Easy Read"
        BSL = "bsl", "British Sign Language (BSL)"
        STEP_FREE = "step-free", "Step-free access"
        BREAKS = "breaks", "Breaks"
        COMPANION = "companion", "A companion"
        OTHER = "other", "Something else"

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_shared = models.BooleanField(
        default=False, help_text="The person agreed that the visit lead and facilitators know."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "kind"], name="reviewers_need_once"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "large print",
                        "easy read",
                        "bsl",
                        "step-free",
                        "breaks",
                        "companion",
                        "other",
                    ]
                ),
                name="reviewers_need_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"Access need {self.pk}"

    @property
    def in_words(self) -> str:
        """What it is called; "something else" is what the person wrote. Load the person too."""
        if self.kind == self.Kind.OTHER:
            return self.reviewer.access_needs
        return self.Kind(self.kind).label


class Experience(models.Model):
    """That a person knows a directorate's services, as user or carer, and agreed that we keep it.

    Without ``consented_at`` it came from an import: the person has yet to be asked here.
    """

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="experiences")
    directorate = models.ForeignKey(Directorate, models.CASCADE, related_name="experiences")
    kind = models.CharField(max_length=12, choices=Reviewer.Experience.choices, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_how = models.CharField(max_length=10, choices=How.choices, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "directorate"], name="reviewers_experience_once"
            ),
            models.CheckConstraint(
                condition=models.Q(consented_at__isnull=True, consent_how="")
                | models.Q(consented_at__isnull=False, consent_how__in=How.values),
                name="reviewers_experience_consent_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"Experience {self.pk}"


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
