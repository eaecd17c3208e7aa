"""An LXR's answer after which somebody has to get in touch with them."""

from django.conf import settings
from django.db import models

from feedback.models.answers import Answer


class Concern(models.Model):
    """Somebody rated support low or asked for help. It ends when a person has been in touch."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="concern")
    raised_at = models.DateTimeField()
    is_low_rating = models.BooleanField()
    asks_for_help = models.BooleanField()
    in_touch_at = models.DateTimeField(null=True, blank=True)
    in_touch_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["raised_at", "id"]
        indexes = [
            models.Index(
                fields=["raised_at", "id"],
                condition=models.Q(in_touch_at__isnull=True),
                name="feedback_concern_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_low_rating=True) | models.Q(asks_for_help=True),
                name="feedback_concern_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(in_touch_at__isnull=False) | models.Q(in_touch_by__isnull=True),
                name="feedback_concern_in_touch_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern of {self.answer_id}"

    @property
    def why(self) -> str:
        """What it was raised for, in words."""
        reasons = []
        if self.is_low_rating:
            reasons.append("They rated their support low.")
        if self.asks_for_help:
            reasons.append("Their words may ask for help.")
        return " ".join(reasons)
