"""What is asked: three forms, each a series of versions. A version that was used never changes."""

from django.conf import settings
from django.db import models


class Audience(models.TextChoices):
    """Who is asked. The values are the import format's."""

    LXR = "lxr", "Lived Experience Reviewer"
    TEAM = "team", "Reviewed service"
    QUALITY = "quality", "Quality team"


class FeedbackForm(models.Model):
    """One version of what an audience is asked: in use since it was published, a draft before."""

    audience = models.CharField(max_length=7, choices=Audience)
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["audience", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=["lxr", "team", "quality"]),
                name="feedback_form_audience",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="feedback_form_from_one"
            ),
            models.UniqueConstraint(fields=["audience", "number"], name="feedback_form_once"),
            models.UniqueConstraint(
                fields=["audience"],
                condition=models.Q(published_at__isnull=True),
                name="feedback_form_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}, version {self.number}"

    @property
    def title(self) -> str:
        """What it is called among those of its audience."""
        return f"Version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether nobody is asked this yet."""
        return self.published_at is None


class FormQuestion(models.Model):
    """One question of a version, in its place. Ratings say what 0, 5 and 10 mean."""

    class Kind(models.TextChoices):
        IMPACT = "impact", "Impact, 0 to 10"
        TRAINING = "support_in_training", "Support in training, 0 to 10"
        ON_VISIT = "support_on_visit", "Support on the visit, 0 to 10"
        AFTER_VISIT = "support_after_visit", "Support after the visit, 0 to 10"
        RATING = "rating", "A rating, 0 to 10"
        TEXT = "text", "Their own words"

    # Figures are counted from these, so each form keeps its own; only their wording changes.
    FIXED: dict[str, tuple[str, ...]] = {
        Audience.TEAM: (Kind.IMPACT,),
        Audience.QUALITY: (Kind.IMPACT,),
        Audience.LXR: (Kind.TRAINING, Kind.ON_VISIT, Kind.AFTER_VISIT),
    }

    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=300)
    help = models.CharField(max_length=300, blank=True)
    low = models.CharField(max_length=60, blank=True)
    middle = models.CharField(max_length=60, blank=True)
    high = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["form", "position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "impact", "support_in_training", "support_on_visit",
                        "support_after_visit", "rating", "text",
                    ]
                ),
                name="feedback_question_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(words=""), name="feedback_question_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="text", low="", middle="", high="")
                | (
                    ~models.Q(kind="text")
                    & ~models.Q(low="")
                    & ~models.Q(middle="")
                    & ~models.Q(high="")
                ),
                name="feedback_question_labels",
            ),
            models.UniqueConstraint(
                fields=["form", "position"], name="feedback_question_position"
            ),
            models.UniqueConstraint(
                fields=["form", "kind"],
                condition=~models.Q(kind__in=["rating", "text"]),
                name="feedback_question_fixed_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.words

    @property
    def is_fixed(self) -> bool:
        """Whether the form has to ask it."""
        return self.kind not in {self.Kind.RATING, self.Kind.TEXT}

    @property
    def is_rating(self) -> bool:
        """Whether it is answered with a number."""
        return self.kind != self.Kind.TEXT
