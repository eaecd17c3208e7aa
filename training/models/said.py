"""What attendees say of a session, and the link by which they say it, without their names."""

import secrets
import uuid

from django.db import models

from training.models.sessions import Session


def new_nonce() -> str:
    """What a link is derived from; with another one, the link before it is dead."""
    return secrets.token_urlsafe(32)


class RoomLink(models.Model):
    """The form that is open for a session. The link's secret is derived from the nonce."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="room_link")
    nonce = models.CharField(max_length=43, default=new_nonce)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Form of {self.session_id}"


class Said(models.Model):
    """One person's answer. Nothing in a row says whose it is, or in which order it came."""

    RATINGS = ("support", "pace", "usefulness")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="said")
    said_on = models.DateField()
    support = models.PositiveSmallIntegerField(null=True, blank=True)
    pace = models.PositiveSmallIntegerField(null=True, blank=True)
    usefulness = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "said"
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(support__isnull=True) | models.Q(support__lte=10))
                & (models.Q(pace__isnull=True) | models.Q(pace__lte=10))
                & (models.Q(usefulness__isnull=True) | models.Q(usefulness__lte=10)),
                name="training_said_ratings_to_ten",
            ),
            models.CheckConstraint(
                condition=models.Q(support__isnull=False)
                | models.Q(pace__isnull=False)
                | models.Q(usefulness__isnull=False)
                | ~models.Q(comment=""),
                name="training_said_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Said of {self.session_id}"
