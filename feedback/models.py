"""What the role is worth: who was asked, and what they answered."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from organisation.models import ServiceContact, StaffMember
from reviewers.models import Reviewer
from reviews.models import Review

RATING = [MaxValueValidator(10)]


class Audience(models.TextChoices):
    """Who is asked. The values are the import format's."""

    LXR = "lxr", "Lived Experience Reviewer"
    TEAM = "team", "Reviewed service"
    QUALITY = "quality", "Quality team"


class Asking(models.Model):
    """One person asked for feedback on one review. It knows that they answered, not what."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="askings")
    audience = models.CharField(max_length=7, choices=Audience)
    contact = models.ForeignKey(ServiceContact, models.CASCADE, null=True, blank=True)
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, null=True, blank=True)
    staff = models.ForeignKey(StaffMember, models.CASCADE, null=True, blank=True)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                condition=models.Q(answered_on__isnull=True),
                name="feedback_asking_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    audience="team",
                    contact__isnull=False,
                    reviewer__isnull=True,
                    staff__isnull=True,
                )
                | models.Q(
                    audience="lxr",
                    contact__isnull=True,
                    reviewer__isnull=False,
                    staff__isnull=True,
                )
                | models.Q(
                    audience="quality",
                    contact__isnull=True,
                    reviewer__isnull=True,
                    staff__isnull=False,
                ),
                name="feedback_asking_one_person",
            ),
            models.UniqueConstraint(fields=["review", "contact"], name="feedback_asked_contact"),
            models.UniqueConstraint(fields=["review", "reviewer"], name="feedback_asked_reviewer"),
            models.UniqueConstraint(fields=["review", "staff"], name="feedback_asked_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.audience} of {self.review_id}"

    @property
    def person(self) -> ServiceContact | Reviewer | StaffMember:
        """Whoever was asked."""
        person = self.contact or self.reviewer or self.staff
        assert person is not None  # noqa: S101 - the database holds that there is exactly one
        return person


class Answer(models.Model):
    """What somebody answered. A service's or quality team's answer has no author."""

    class How(models.TextChoices):
        ONLINE = "online", "Online"
        PHONE = "phone", "By phone"
        PAPER = "paper", "On paper"
        IMPORTED = "imported", "Imported"

    review = models.ForeignKey(Review, models.CASCADE, related_name="answers")
    audience = models.CharField(max_length=7, choices=Audience)
    author = models.ForeignKey(
        Reviewer, models.CASCADE, null=True, blank=True, related_name="answers"
    )
    impact = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_in_training = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_on_visit = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_after_visit = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    comment = models.TextField(blank=True)
    may_quote = models.BooleanField(default=False)
    received_on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices, default=How.ONLINE)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["review", "audience"], name="feedback_answer_review"),
            models.Index(fields=["-received_on", "-id"], name="feedback_answer_by_day"),
            models.Index(
                fields=["audience", "received_on", "review"], name="feedback_answer_lately"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience="lxr", author__isnull=False, impact__isnull=True)
                | models.Q(
                    audience__in=["team", "quality"],
                    author__isnull=True,
                    support_in_training__isnull=True,
                    support_on_visit__isnull=True,
                    support_after_visit__isnull=True,
                ),
                name="feedback_answer_ratings_of_audience",
            ),
            models.CheckConstraint(
                condition=(models.Q(impact__isnull=True) | models.Q(impact__lte=10))
                & (
                    models.Q(support_in_training__isnull=True)
                    | models.Q(support_in_training__lte=10)
                )
                & (models.Q(support_on_visit__isnull=True) | models.Q(support_on_visit__lte=10))
                & (
                    models.Q(support_after_visit__isnull=True)
                    | models.Q(support_after_visit__lte=10)
                ),
                name="feedback_answer_ratings_to_ten",
            ),
            models.UniqueConstraint(fields=["review", "author"], name="feedback_answer_once"),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(may_quote=True),
                name="feedback_quote_only_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience} on {self.review_id}"
