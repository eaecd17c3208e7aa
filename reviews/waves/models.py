"""The line of people to ask for a visit, and how many wait for an answer at a time."""

from django.db import models

from reviewers.models import Reviewer
from reviews.models.reviews import Review


class Wave(models.Model):
    """How the people in a visit's line are asked. While it runs, the next is asked by itself."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="wave")
    at_once = models.PositiveSmallIntegerField(
        default=1, help_text="How many may wait for an answer at a time."
    )
    answer_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Days to answer; empty: the trust's."
    )
    is_running = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(at_once__gte=1)
                & (models.Q(answer_days__isnull=True) | models.Q(answer_days__gte=1)),
                name="reviews_wave_asks_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Wave of {self.review_id}"


class Turn(models.Model):
    """One person in the line. What they answered stands with their place on the team."""

    class State(models.TextChoices):
        WAITING = "waiting", "In line"
        ASKED = "asked", "Asked"
        SKIPPED = "skipped", "Could not be asked"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="turns")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="turns")
    place = models.PositiveIntegerField(help_text="The order in the line; ties by id.")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "reviewer"], name="reviews_turn_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "asked", "skipped"]),
                name="reviews_turn_state",
            ),
        ]

    def __str__(self) -> str:
        return f"Turn {self.pk}"
