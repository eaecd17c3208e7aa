"""What the import keeps: an uploaded file until it is brought in, and what each row last held."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedBinaryField, EncryptedTextField
from jobs.models import Job

if TYPE_CHECKING:
    from accounts.models import User


class ImportedRow(models.Model):
    """The last imported values of one row, as keyed digests: enough to compare, nothing to read."""

    sheet = models.CharField(max_length=20)
    key = models.CharField(max_length=250)
    digests = models.JSONField(help_text="Column to the digest of the value last imported.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="programme_imported_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.key}"


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads, as pages ask for them."""

    def visible_to(self, user: "User") -> "UploadQuerySet":
        """Those this user sent; nobody else sees them."""
        return self.filter(asked_by=user)


class Upload(models.Model):
    """A file sent to be brought in. It is encrypted, and erased when the import ends."""

    class State(models.TextChoices):
        READING = "reading", "Being read"
        READY = "ready", "Ready to look at"
        REFUSED = "refused", "Cannot be read"
        CONFIRMED = "confirmed", "Being brought in"
        DONE = "done", "Brought in"

    token = models.UUIDField(unique=True, help_text="Of the form it came from: sent twice is once.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    asked_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=200)
    taking = models.CharField(max_length=10)
    leave_out = models.JSONField(default=list, blank=True)
    content = EncryptedBinaryField(blank=True, default=b"")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    outcome = EncryptedTextField(blank=True, help_text="What was found or done, as JSON.")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["reading", "ready", "refused", "confirmed", "done"]),
                name="programme_upload_state",
            ),
            models.CheckConstraint(
                condition=models.Q(taking__in=["programme", "checks", "all"]),
                name="programme_upload_taking",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["reading", "ready", "confirmed"])
                | models.Q(content=b""),
                name="programme_upload_erased_at_the_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name
