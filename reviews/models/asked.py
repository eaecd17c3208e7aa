"""What people ask about their visits, and the secret addresses of calendars."""

from django.conf import settings
from django.db import models

from reviews.models.teams import TeamMember


class Question(models.Model):
    """What an LXR asked about a visit. A coordinator answers by phone or email and closes it."""

    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="questions")
    words = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Feed(models.Model):
    """The secret address of somebody's calendar; its letters are derived from ``nonce``."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    nonce = models.CharField(max_length=43)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}"


class TeamFeed(models.Model):
    """The secret address of the team's calendar: one row while it is switched on, else none."""

    nonce = models.CharField(max_length=43)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="reviews_team_feed_one_row"),
        ]

    def __str__(self) -> str:
        return "Calendar of the team"
