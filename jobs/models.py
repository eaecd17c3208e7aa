"""Long work: who asked for it, how far it is, what came of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedBinaryField

if TYPE_CHECKING:
    from accounts.models import User


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, as pages and the tick ask for them."""

    def visible_to(self, user: "User") -> "JobQuerySet":
        """The jobs this user asked for."""
        return self.filter(asked_by=user)

    def unfinished(self) -> "JobQuerySet":
        """Waiting or running."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])


class Job(models.Model):
    """One piece of long work. A worker holds it by a lease; a lease that ran out is taken again."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be done"

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict, blank=True, help_text="Ids and choices only.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent.")
    step = models.CharField(max_length=120, blank=True, help_text="What is happening now.")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="jobs_job_unfinished",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="jobs_job_progress_per_cent"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]),
                name="jobs_job_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["done", "failed"], finished_at__isnull=False)
                | models.Q(state__in=["waiting", "running"], finished_at__isnull=True),
                name="jobs_job_finished_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobFile(models.Model):
    """A file that a job works on, encrypted, gone when the job ends."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="file")
    name = models.CharField(max_length=200)
    content = EncryptedBinaryField()

    def __str__(self) -> str:
        return self.name
