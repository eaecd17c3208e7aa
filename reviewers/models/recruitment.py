"""Before somebody is with us: they said they are interested, and we talked."""

import uuid

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from reviewers.models.people import Reviewer


class Enquiry(models.Model):
    """Somebody told us on the public page that they are interested. Not yet a person here."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Waiting for us"
        ADDED = "added", "Added as a person"
        CLOSED = "closed", "Closed"

    token = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="Of the form: sent twice, it is one enquiry."
    )
    name = EncryptedTextField()
    contact = EncryptedTextField(help_text="One way to reach them: email, phone or address.")
    needs = EncryptedTextField(blank=True)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        Reviewer, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )

    class Meta:
        ordering = ["received_at", "id"]
        verbose_name_plural = "enquiries"
        indexes = [
            models.Index(
                fields=["outcome", "received_at", "id"], name="reviewers_enquiries_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open", closed_at__isnull=True)
                | models.Q(outcome__in=["added", "closed"], closed_at__isnull=False),
                name="reviewers_enquiry_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"


class Interview(models.Model):
    """A talk about the role: when, who with, and what came of it."""

    class Outcome(models.TextChoices):
        PLANNED = "planned", "It is still to come"
        GO_ON = "go on", "They go on to checks and training"
        THINKING = "thinking", "They want to think about it"
        NOT_NOW = "not now", "Not now"
        DID_NOT_MEET = "did not meet", "We did not meet, or it is called off"

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="interviews")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, help_text="Where, or how to join.")
    interviewers = models.CharField(max_length=200, help_text="Who talks with them.")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.PLANNED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "held_on"], name="reviewers_interview_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["planned", "go on", "thinking", "not now", "did not meet"]
                ),
                name="reviewers_interview_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Interview {self.pk}"
