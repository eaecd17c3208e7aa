"""A DBS check, from asking the person to come with their documents to its outcome."""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from organisation.models import LEVELS_UPWARDS, DBSLevel, Workforce
from reviewers.models import Reviewer


class DBSCheck(models.Model):
    """One check. It has no expiry by law. Which state it is in follows from its days."""

    class Result(models.TextChoices):
        AWAITING = "awaiting", "Awaiting"
        CLEAR = "clear", "Blank certificate"
        DISCLOSURE = "disclosure", "Disclosure"

    class Status(models.TextChoices):
        """What the Update Service answered."""

        CURRENT = "current", "Nothing has changed"
        CHANGED = "changed", "Something has changed"

    class IdentityCheck(models.TextChoices):
        IN_PERSON = "in person", "In person"
        VIDEO = "video", "By video call"
        POST_OFFICE = "post office", "At a post office"

    class Document(models.TextChoices):
        """Kinds of documents. Only that one was seen is kept: no number, no copy."""

        PASSPORT = "passport", "Passport"
        LICENCE = "driving licence", "Driving licence"
        BIRTH = "birth certificate", "Birth certificate"
        PERMIT = "residence permit", "Residence permit"
        ADDRESS = "proof of address", "Proof of address"
        OTHER = "other", "Another document on the DBS list"

    class State(models.TextChoices):
        """Where a check stands; see ``checks.states``."""

        ASKED = "asked", "Waiting for the ID check"
        APPLIED = "applied", "Applied for"
        BLANK = "blank", "Complete"
        DISCLOSURE = "disclosure", "Disclosure"
        WITHDRAWN = "withdrawn", "Application withdrawn"

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="dbs_checks")
    level = models.CharField(max_length=30, choices=DBSLevel.choices)
    rank = models.GeneratedField(  # one of the same rank or above does for another
        expression=models.Case(
            *(models.When(level=level, then=rank) for rank, level in enumerate(LEVELS_UPWARDS))
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    workforce = models.CharField(max_length=20, choices=Workforce.choices, default=Workforce.ADULT)
    asked_on = models.DateField(
        null=True, blank=True, help_text="When the person was asked to come to an ID check."
    )
    id_check_at = models.DateTimeField(null=True, blank=True)
    id_check_how = models.CharField(max_length=20, choices=IdentityCheck.choices, blank=True)
    id_check_place = models.CharField(max_length=200, blank=True)
    documents_seen = models.JSONField(default=list, blank=True, help_text="Kinds, never numbers.")
    identity_seen_on = models.DateField(null=True, blank=True)
    identity_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    applied_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(
        null=True, blank=True, help_text="When somebody last asked how the application gets on."
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    reference_number = EncryptedTextField(blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.AWAITING)
    renewal_due_on = models.DateField(null=True, blank=True)
    update_consent_on = models.DateField(
        null=True, blank=True, help_text="When the person agreed to Update Service status checks."
    )
    status_checked_on = models.DateField(null=True, blank=True)
    status_result = models.CharField(max_length=10, choices=Status.choices, blank=True)
    status_due_on = models.DateField(null=True, blank=True)
    waiting_since = models.DateField(
        null=True,
        blank=True,
        help_text="Since when its person, who was ready, waits until what came is settled.",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = [models.F("applied_on").desc(nulls_first=True), "-id"]
        indexes = [
            models.Index(fields=["renewal_due_on"], name="checks_dbs_renewal"),
            models.Index(fields=["status_due_on"], name="checks_dbs_status_due"),
            models.Index(
                fields=["waiting_since", "id"],
                name="checks_dbs_to_settle",
                condition=models.Q(waiting_since__isnull=False),
            ),
            models.Index(
                fields=["applied_on", "id"],
                name="checks_dbs_waiting",
                condition=models.Q(result="awaiting", withdrawn_on__isnull=True),
            ),
            models.Index(
                fields=["asked_on", "id"],
                name="checks_dbs_asked",
                condition=models.Q(
                    result="awaiting", withdrawn_on__isnull=True, applied_on__isnull=True
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=DBSLevel.values), name="checks_dbs_level"
            ),
            models.CheckConstraint(
                condition=models.Q(workforce__in=Workforce.values), name="checks_dbs_workforce"
            ),
            models.CheckConstraint(
                condition=models.Q(result="awaiting", issued_on__isnull=True)
                | models.Q(result__in=["clear", "disclosure"], issued_on__isnull=False),
                name="checks_dbs_result_with_issue",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_on__isnull=True)
                | models.Q(applied_on__isnull=False, issued_on__gte=models.F("applied_on")),
                name="checks_dbs_issued_after_applied",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_on__isnull=False) | models.Q(applied_on__isnull=False),
                name="checks_dbs_begun",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_on__isnull=True)
                | models.Q(applied_on__isnull=True)
                | models.Q(applied_on__gte=models.F("asked_on")),
                name="checks_dbs_applied_after_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | models.Q(issued_on__isnull=True),
                name="checks_dbs_withdrawn_before_issue",
            ),
            models.CheckConstraint(
                condition=models.Q(identity_seen_by__isnull=True)
                | models.Q(identity_seen_on__isnull=False),
                name="checks_dbs_seen_by_and_on",
            ),
            models.CheckConstraint(
                condition=models.Q(status_checked_on__isnull=True, status_result="")
                | models.Q(
                    status_checked_on__isnull=False,
                    status_result__in=["current", "changed"],
                    update_consent_on__isnull=False,
                    issued_on__isnull=False,
                ),
                name="checks_dbs_status_with_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(waiting_since__isnull=True) | models.Q(issued_on__isnull=False),
                name="checks_dbs_waiting_with_certificate",
            ),
            models.UniqueConstraint(
                fields=["reviewer", "level", "applied_on"], name="checks_dbs_once"
            ),
            models.UniqueConstraint(
                fields=["reviewer", "level"],
                condition=models.Q(applied_on__isnull=True, withdrawn_on__isnull=True),
                name="checks_dbs_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"DBS check {self.pk}"

    @property
    def state(self) -> "DBSCheck.State":
        """Where the check stands."""
        if self.withdrawn_on is not None:
            return self.State.WITHDRAWN
        if self.result == self.Result.CLEAR:
            return self.State.BLANK
        if self.result == self.Result.DISCLOSURE:
            return self.State.DISCLOSURE
        return self.State.ASKED if self.applied_on is None else self.State.APPLIED

    @property
    def documents(self) -> list[str]:
        """The kinds of documents that were seen, in words."""
        return [str(self.Document(kind).label) for kind in self.documents_seen]
