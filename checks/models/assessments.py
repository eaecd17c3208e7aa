"""HR's decision after a disclosure, round by round, and what an approval asks of visits."""

from datetime import date

from django.conf import settings
from django.db import models

from checks.models.dbs import DBSCheck
from encryption.fields import EncryptedTextField
from organisation.models import Directorate, Service
from reviewers.models import Reviewer


class RiskAssessment(models.Model):
    """One round of deciding. The document itself stays with HR.

    Looking at a decision again opens another round; the decision in force stands until a second
    person has approved the next one, and is then replaced.
    """

    class Decision(models.TextChoices):
        AWAITING = "awaiting", "Waiting for a decision"
        APPROVED = "approved", "Approved"
        CONDITIONS = "approved with conditions", "Approved with conditions"
        NOT_APPROVED = "not approved", "Not approved"

    ALLOWING = (Decision.APPROVED, Decision.CONDITIONS)

    check_made = models.ForeignKey(DBSCheck, models.CASCADE, related_name="assessments")
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(
        default=1, help_text="Goes up with every change: a form shown for an older one is refused."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    document_reference = EncryptedTextField(blank=True, help_text="Where HR keeps the document.")
    decision = models.CharField(max_length=30, choices=Decision.choices, default=Decision.AWAITING)
    opened_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_until = models.DateField(
        null=True, blank=True, help_text="The last day on which the approval counts; empty: no end."
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    is_missing_conditions = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Brought in as approved with conditions that nobody has recorded here: until"
        " somebody does, it allows no visit.",
    )
    is_in_force = models.BooleanField(
        default=False, help_text="Decided, and approved by a second person or imported as history."
    )
    replaced_at = models.DateTimeField(
        null=True, blank=True, help_text="When the decision of a later round took its place."
    )
    review_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(
        null=True, blank=True, help_text="When an officer told the person, and how to ask again."
    )

    class Meta:
        ordering = ["-round"]
        indexes = [
            models.Index(fields=["decision", "opened_on", "id"], name="checks_assessment_waiting"),
            models.Index(fields=["review_on"], name="checks_assessment_review"),
            models.Index(fields=["approved_until"], name="checks_assessment_until"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    decision__in=[
                        "awaiting",
                        "approved",
                        "approved with conditions",
                        "not approved",
                    ]
                ),
                name="checks_assessment_decision",
            ),
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
            models.CheckConstraint(
                condition=models.Q(approved_until__isnull=True)
                | models.Q(
                    decision__in=["approved", "approved with conditions"],
                    approved_until__gte=models.F("decided_on"),
                ),
                name="checks_assessment_approved_until",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_at__isnull=True) | models.Q(is_in_force=False),
                name="checks_assessment_replaced",
            ),
            models.CheckConstraint(
                condition=models.Q(is_missing_conditions=False)
                | models.Q(decision="approved with conditions", approved_by__isnull=True),
                name="checks_assessment_missing_conditions",
            ),
            models.UniqueConstraint(
                fields=["check_made", "round"], name="checks_assessment_round_once"
            ),
            models.UniqueConstraint(
                fields=["check_made"],
                condition=models.Q(is_in_force=True),
                name="checks_assessment_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["check_made"],
                condition=models.Q(is_in_force=False, replaced_at__isnull=True),
                name="checks_assessment_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Risk assessment {self.pk}"

    @property
    def reviewer(self) -> Reviewer:
        """Whose it is; it comes with its check and person."""
        return self.check_made.reviewer

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision or for the second person."""
        return not self.is_in_force and self.replaced_at is None

    def allows_on(self, day: date) -> bool:
        """Whether the decision in force approves, on that day."""
        return (
            self.is_in_force
            and not self.is_missing_conditions
            and self.decision in self.ALLOWING
            and (self.approved_until is None or self.approved_until >= day)
        )


class Condition(models.Model):
    """What an approval asks of a visit. Exactly one of its columns says what."""

    assessment = models.ForeignKey(RiskAssessment, models.CASCADE, related_name="conditions")
    not_service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True)
    not_directorate = models.ForeignKey(Directorate, models.CASCADE, null=True, blank=True)
    not_setting = models.CharField(max_length=10, choices=Service.Setting.choices, blank=True)
    accompanied_only = models.BooleanField(
        default=False, help_text="Only where somebody of the trust is on the team as well."
    )
    until = models.DateField(null=True, blank=True)
    words = EncryptedTextField(blank=True, help_text="How they are accompanied, say.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    not_service__isnull=False,
                    not_directorate__isnull=True,
                    not_setting="",
                    accompanied_only=False,
                )
                | models.Q(
                    not_service__isnull=True,
                    not_directorate__isnull=False,
                    not_setting="",
                    accompanied_only=False,
                )
                | models.Q(
                    not_service__isnull=True,
                    not_directorate__isnull=True,
                    not_setting__in=["community", "inpatient", "secure", "prison"],
                    accompanied_only=False,
                )
                | models.Q(
                    not_service__isnull=True,
                    not_directorate__isnull=True,
                    not_setting="",
                    accompanied_only=True,
                ),
                name="checks_condition_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Condition {self.pk}"

    @property
    def sentence(self) -> str:
        """What it asks, in words; it comes with what it names."""
        if self.accompanied_only:
            return "Only with somebody of the trust on the team"
        named = self.not_service or self.not_directorate or f"{self.get_not_setting_display()}"
        return f"Not {named}"
