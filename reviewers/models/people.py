"""The people: Lived Experience Reviewers at any stage, and their way from stage to stage."""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from notifications.models import Channel
from organisation.models import Directorate

EVERY_DAY = 0b1111111  # bit 0 is Monday
# The condition on people that what their preferred way of contact needs is missing. An index holds
# those few.
LACKS_THEIR_WAY = (
    models.Q(preferred_contact=Channel.EMAIL, email="")
    | models.Q(preferred_contact__in=[Channel.TEXT, Channel.PHONE], phone="")
    | models.Q(preferred_contact=Channel.POST, address="")
)


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

    class Source(models.TextChoices):
        INVOLVEMENT = "involvement team", "The involvement team"
        SERVICE = "service", "A service"
        WORD_OF_MOUTH = "word of mouth", "Word of mouth"
        THEMSELVES = "themselves", "They told us they are interested"

    reference = models.CharField(max_length=20, unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    preferred_contact = models.CharField(
        max_length=5, choices=Channel.choices, default=Channel.EMAIL
    )
    emergency_name = EncryptedTextField(blank=True, help_text="Whom to ring in an emergency.")
    emergency_phone = EncryptedTextField(blank=True)
    source = models.CharField(
        max_length=20, choices=Source.choices, blank=True, help_text="How they came to us."
    )
    joined_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ENQUIRY)
    stage_since = models.DateField()
    paused_until = models.DateField(null=True, blank=True)
    experience = models.CharField(max_length=12, choices=Experience.choices, blank=True)
    experience_of = models.ManyToManyField(
        Directorate, through="reviewers.Experience", blank=True, related_name="reviewers"
    )
    access_needs = EncryptedTextField(blank=True)
    role_description_signed_on = models.DateField(null=True, blank=True)
    signed_version = models.PositiveSmallIntegerField(
        default=1, help_text="The version they signed on that day; 1 is the one on paper."
    )
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
            models.Index(fields=["stage_since", "id"], name="reviewers_by_wait"),
            models.Index(fields=["stage", "stage_since", "id"], name="reviewers_by_stage_wait"),
            models.Index(
                fields=["last_name", "first_name", "id"],
                condition=LACKS_THEIR_WAY,
                name="reviewers_lack_their_way",
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
            models.CheckConstraint(
                condition=models.Q(source="")
                | models.Q(
                    source__in=["involvement team", "service", "word of mouth", "themselves"]
                ),
                name="reviewers_reviewer_source",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_version__gte=1), name="reviewers_reviewer_signed_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @staticmethod
    def reference_when_erased(pk: int) -> str:
        """The reference of somebody whose data were erased: it says nothing but that."""
        return f"Erased-{pk}"

    @property
    def is_erased(self) -> bool:
        """Whether this person's data were erased. Nothing about them changes any more."""
        return self.pk is not None and self.reference == self.reference_when_erased(self.pk)


class LeavingReason(models.TextChoices):
    """Why somebody left, as far as they want to say. Never what it has to do with checks."""

    NO_TIME = "no time", "They have less time now"
    NOT_FOR_THEM = "not for them", "The role is not for them"
    TOOK_TOO_LONG = "took too long", "It took too long"
    HEALTH = "well-being", "Their health or well-being"
    MOVED_AWAY = "moved away", "They moved away"
    SOMETHING_ELSE = "something else", "Something else"
    NOT_SAID = "not said", "They prefer not to say"


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
    leaving_reason = models.CharField(max_length=20, choices=LeavingReason, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(leaving_reason="")
                | models.Q(to_stage="left", leaving_reason__in=LeavingReason.values),
                name="reviewers_change_leaving_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")),
                name="reviewers_change_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"
