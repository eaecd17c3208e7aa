"""What the import keeps, holds that stop data from going, and requests about people’s data."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedBinaryField, EncryptedTextField
from jobs.models import Job
from programme.releasing.models import Keeping
from reviewers.models import Reviewer

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "ErasedReference",
    "Erasure",
    "ImportedRow",
    "Keeping",
    "LegalHold",
    "SubjectRequest",
    "Upload",
]


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


class LegalHold(models.Model):
    """Why nothing held on a person may go for now. While it is live, retention and erasure wait."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="legal_holds")
    reason = EncryptedTextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-placed_at", "-id"]
        indexes = [models.Index(fields=["-placed_at", "-id"], name="programme_hold_newest")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="programme_hold_says_why"),
            models.CheckConstraint(
                condition=models.Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | models.Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="programme_hold_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True)
                | models.Q(lifted_at__gte=models.F("placed_at")),
                name="programme_hold_lifted_later",
            ),
            models.UniqueConstraint(
                fields=["reviewer"],
                condition=models.Q(lifted_at__isnull=True),
                name="programme_hold_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold {self.pk}"


class SubjectRequest(models.Model):
    """A person's copy of everything held on them: asked for, made, given, and then erased here."""

    class Way(models.TextChoices):
        ONLINE = "online", "They download it"
        POST = "post", "The checks team posts it"

    class State(models.TextChoices):
        WAITING = "waiting", "With the checks team"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        DONE = "done", "Given"

    OPEN = (State.WAITING, State.MAKING, State.READY)

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="subject_requests")
    way = models.CharField(max_length=6, choices=Way.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    document = EncryptedBinaryField(blank=True, default=b"", help_text="The PDF.")
    data = EncryptedBinaryField(blank=True, default=b"", help_text="The same as JSON.")
    made_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way__in=["online", "post"]), name="programme_request_way"
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready", made_at__isnull=False)
                | models.Q(state__in=["waiting", "making", "done"], document=b"", data=b""),
                name="programme_request_files_while_ready",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", ended_at__isnull=False)
                | models.Q(state__in=["waiting", "making", "ready"], ended_at__isnull=True),
                name="programme_request_ended_when_done",
            ),
            models.UniqueConstraint(
                fields=["reviewer", "way"],
                condition=models.Q(state__in=["waiting", "making", "ready"]),
                name="programme_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Erasure(models.Model):
    """That a leaver's data go, or an enquiry: asked for by one person, done by another.

    It cannot be undone.
    """

    class Reason(models.TextChoices):
        ASKED = "they asked", "They asked us to"
        TIME = "time is over", "The time we keep their data is over"
        MISTAKE = "mistake", "They were added by mistake"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a second person"
        CALLED_OFF = "called off", "Called off"
        DONE = "done", "Erased"

    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, null=True, blank=True, related_name="erasures"
    )
    enquiry = models.BigIntegerField(
        null=True, blank=True, help_text="The number of an enquiry of who is no person here."
    )
    reason = models.CharField(max_length=20, choices=Reason.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=["they asked", "time is over", "mistake"]),
                name="programme_erasure_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_by__isnull=True, ended_at__isnull=True)
                | models.Q(
                    state__in=["called off", "done"],
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                ),
                name="programme_erasure_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(ended_by=models.F("asked_by")),
                name="programme_erasure_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=False, enquiry__isnull=True)
                | models.Q(reviewer__isnull=True, enquiry__isnull=False),
                name="programme_erasure_of_one",
            ),
            models.UniqueConstraint(
                fields=["reviewer"],
                condition=models.Q(state__in=["waiting", "done"]),
                name="programme_erasure_once",
            ),
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=models.Q(state__in=["waiting", "done"]),
                name="programme_erasure_enquiry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"


class ErasedReference(models.Model):
    """The keyed digest of the reference of somebody erased, so that no import brings them back."""

    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"Erased reference {self.pk}"
