"""What somebody asked for on one visit, and what the team said."""

from django.conf import settings
from django.db import models

from reviews.models.teams import TeamMember


class VisitRequest(models.Model):
    """Somebody on a team, or asked to be, would like company on this visit, or to watch it."""

    class Kind(models.TextChoices):
        BUDDY = "buddy", "A buddy beside them"
        COMPANION = "companion", "To bring a companion"
        SHADOW = "shadow", "To watch, and not take part"

    class Answer(models.TextChoices):
        MET = "met", "Yes, this will be so"
        NOT_MET = "not met", "No, this time we cannot"
        OVER = "over", "They do not need it any more"

    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    asked_at = models.DateTimeField()
    asked_how = models.CharField(max_length=6, choices=TeamMember.How.choices)
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)
    words = models.CharField(
        max_length=300, blank=True, help_text="Who comes along, or why it cannot be."
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["buddy", "companion", "shadow"])
                & models.Q(asked_how__in=["online", "phone", "paper"]),
                name="reviews_request_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", words="", answered_at__isnull=True)
                | models.Q(answer="over", words="", answered_at__isnull=False)
                | (
                    models.Q(answer__in=["met", "not met"], answered_at__isnull=False)
                    & ~models.Q(words="")
                ),
                name="reviews_request_answer",
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=models.Q(answered_at__isnull=True),
                name="reviews_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"

    @property
    def own_words(self) -> str:
        """What was asked for, as the person is told."""
        return {
            self.Kind.BUDDY.value: "a buddy beside you",
            self.Kind.COMPANION.value: "to bring a companion",
            self.Kind.SHADOW.value: "to watch, and not take part",
        }[self.kind]

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None
