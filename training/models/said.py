"""What attendees say of a session, and the link by which they say it, without their names."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

from training.models.sessions import Session

if TYPE_CHECKING:
    Drawn = models.BigIntegerField[int, int]
else:
    Drawn = models.BigIntegerField


def new_nonce() -> str:
    """What a link is derived from; with another one, the link before it is dead."""
    return secrets.token_urlsafe(32)


def drawn() -> int:
    """A number that says nothing, for the key of an answer."""
    return secrets.randbits(62)


class DrawnField(Drawn):
    """A key that is drawn. On SQLite it is the row's place in the table too, which else counts."""

    def db_type(self, connection: Any) -> str | None:
        """Of this type alone a key is the place itself."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class RoomLink(models.Model):
    """The form of a session: open, closed, or closed and read. Its secret is made of the nonce.

    What is written when a form closes decides with which others its answers are read, for good.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="room_link")
    nonce = models.CharField(max_length=43, default=new_nonce)
    closed_at = models.DateTimeField(null=True, blank=True)
    attended = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many were recorded as there when it was closed."
    )
    read_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="read_together",
        help_text="The form that completed the group its answers are read in; empty: not read yet.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    closed_at__isnull=True, attended__isnull=True, read_with__isnull=True
                )
                | models.Q(closed_at__isnull=False, attended__isnull=False),
                name="training_roomlink_read_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"Form of {self.session_id}"


class Said(models.Model):
    """One person's answer. Nothing of a row says whose it is, or in which order it came.

    Not its key, not its place in the table, not when it was written: see ``operations.said``.
    """

    RATINGS = ("support", "pace", "usefulness")

    key = DrawnField(primary_key=True, default=drawn, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="said")
    said_on = models.DateField()
    support = models.PositiveSmallIntegerField(null=True, blank=True)
    pace = models.PositiveSmallIntegerField(null=True, blank=True)
    usefulness = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=3000, blank=True)

    class Meta:
        db_table = "training_answer"
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
