"""A walled room: DBS checks, risk assessments, site clearances. Other apps see readiness only.

Kept of a certificate: level, workforce, dates, reference number, decision. Never a scan, never
what it disclosed.
"""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from organisation.models import DBSLevel, Directorate, Service, Site, Workforce
from reviewers.models import Reviewer


class DBSCheck(models.Model):
    """One check, from application to outcome. It has no expiry by law."""

    class Result(models.TextChoices):
        AWAITING = "awaiting", "Awaiting"
        CLEAR = "clear", "Blank certificate"
        DISCLOSURE = "disclosure", "Disclosure"

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="dbs_checks")
    level = models.CharField(max_length=30, choices=DBSLevel.choices)
    workforce = models.CharField(max_length=20, choices=Workforce.choices, default=Workforce.ADULT)
    applied_on = models.DateField()
    issued_on = models.DateField(null=True, blank=True)
    reference_number = EncryptedTextField(blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.AWAITING)
    renewal_due_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-applied_on", "-id"]
        indexes = [models.Index(fields=["renewal_due_on"], name="checks_dbs_renewal")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=DBSLevel.values), name="checks_dbs_level"
            ),
            models.CheckConstraint(
                condition=models.Q(result="awaiting", issued_on__isnull=True)
                | models.Q(result__in=["clear", "disclosure"], issued_on__isnull=False),
                name="checks_dbs_result_with_issue",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_on__isnull=True)
                | models.Q(issued_on__gte=models.F("applied_on")),
                name="checks_dbs_issued_after_applied",
            ),
            models.UniqueConstraint(
                fields=["reviewer", "level", "applied_on"], name="checks_dbs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"DBS check {self.pk}"


class RiskAssessment(models.Model):
    """HR's decision after a disclosure. The document itself stays with HR."""

    class Decision(models.TextChoices):
        AWAITING = "awaiting", "Waiting for a decision"
        APPROVED = "approved", "Approved"
        CONDITIONS = "approved with conditions", "Approved with conditions"
        NOT_APPROVED = "not approved", "Not approved"

    check_made = models.OneToOneField(DBSCheck, models.CASCADE, related_name="assessment")
    decision = models.CharField(max_length=30, choices=Decision.choices, default=Decision.AWAITING)
    opened_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    is_in_force = models.BooleanField(
        default=False, help_text="Decided, and approved by a second person or imported as history."
    )
    review_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(
        null=True, blank=True, help_text="When an officer told the person, and how to ask again."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="awaiting", decided_on__isnull=True, is_in_force=False)
                | (~models.Q(decision="awaiting") & models.Q(decided_on__isnull=False)),
                name="checks_assessment_decided_on",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | models.Q(decided_by__isnull=True)
                | ~models.Q(approved_by=models.F("decided_by")),
                name="checks_assessment_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="checks_assessment_approved_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"Risk assessment {self.pk}"


class Condition(models.Model):
    """What an approval asks of a visit. Exactly one of its columns says what."""

    assessment = models.ForeignKey(RiskAssessment, models.CASCADE, related_name="conditions")
    not_service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True)
    not_directorate = models.ForeignKey(Directorate, models.CASCADE, null=True, blank=True)
    not_setting = models.CharField(max_length=10, choices=Service.Setting.choices, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    not_service__isnull=False,
                    not_directorate__isnull=True,
                    not_setting="",
                )
                | models.Q(
                    not_service__isnull=True,
                    not_directorate__isnull=False,
                    not_setting="",
                )
                | models.Q(
                    not_service__isnull=True,
                    not_directorate__isnull=True,
                    not_setting__in=["community", "inpatient", "secure", "prison"],
                ),
                name="checks_condition_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Condition {self.pk}"


class SiteClearance(models.Model):
    """Where one person stands with one site that asks for more than DBS."""

    class Rung(models.TextChoices):
        IN_PROGRESS = "in progress", "In progress"
        CLEARED = "cleared", "Cleared"
        ESCORTED = "escorted only", "Escorted only"
        NOT_NOW = "not at this site for now", "Not at this site for now"

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="clearances")
    site = models.ForeignKey(Site, models.CASCADE, related_name="clearances")
    rung = models.CharField(max_length=30, choices=Rung.choices, default=Rung.IN_PROGRESS)
    decided_by = models.CharField(max_length=80, blank=True, help_text="HMPPS, governor or site.")
    applied_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "site"], name="checks_clearance_once"),
            models.CheckConstraint(
                condition=models.Q(
                    rung__in=["in progress", "cleared", "escorted only", "not at this site for now"]
                ),
                name="checks_clearance_rung",
            ),
            models.CheckConstraint(
                condition=models.Q(rung="in progress") | models.Q(decided_on__isnull=False),
                name="checks_clearance_decided_on",
            ),
        ]

    def __str__(self) -> str:
        return f"Clearance {self.pk}"
