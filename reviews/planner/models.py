"""What somebody has settled before anybody is asked."""

from django.conf import settings
from django.db import models

from reviewers.models import Reviewer
from reviews.models import Review


class KeptProposal(models.Model):
    """A person kept for a visit: the planner plans around it until they are asked or let go."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="kept_proposals")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="kept_proposals")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["kept_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "reviewer"], name="reviews_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} kept for {self.review_id}"
