"""Where a person stands with a site that asks for more than DBS."""

from django.conf import settings
from django.db import models

from organisation.models import Site, SiteFormItem
from reviewers.models import Reviewer


class SiteClearance(models.Model):
    """One person's way into one site, decided by whoever decides there."""

    class Rung(models.TextChoices):
        IN_PROGRESS = "in progress", "In progress"
        NOT_NEEDED = "not needed", "Not needed for this person"
        CLEARED = "cleared", "Cleared"
        ESCORTED = "escorted only", "Escorted only"
        NOT_NOW = "not at this site for now", "Not at this site for now"

    # Whoever stands on one of these may go in alone.
    LET_IN = (Rung.NOT_NEEDED, Rung.CLEARED)

    # What limits somebody shows on their own page only after an officer told them.
    TO_BE_TOLD = (Rung.ESCORTED, Rung.NOT_NOW)

    # Who usually decides; another may be written out.
    DECIDERS = (("HMPPS", "HMPPS"), ("Governor", "Governor"), ("Site", "The site"))

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="clearances")
    site = models.ForeignKey(Site, models.CASCADE, related_name="clearances")
    rung = models.CharField(max_length=30, choices=Rung.choices, default=Rung.IN_PROGRESS)
    decided_by = models.CharField(max_length=80, blank=True, help_text="HMPPS, governor or site.")
    applied_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(
        null=True, blank=True, help_text="When an officer told the person what the site decided."
    )
    version = models.PositiveIntegerField(
        default=1, help_text="Goes up with every change: a form shown for an older one is refused."
    )

    class Meta:
        indexes = [
            models.Index(fields=["rung", "applied_on", "id"], name="checks_clearance_waiting")
        ]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "site"], name="checks_clearance_once"),
            models.CheckConstraint(
                condition=models.Q(
                    rung__in=[
                        "in progress",
                        "not needed",
                        "cleared",
                        "escorted only",
                        "not at this site for now",
                    ]
                ),
                name="checks_clearance_rung",
            ),
            models.CheckConstraint(
                condition=models.Q(rung="in progress") | models.Q(decided_on__isnull=False),
                name="checks_clearance_decided_on",
            ),
            models.CheckConstraint(
                condition=models.Q(applied_on__isnull=True)
                | models.Q(decided_on__isnull=True)
                | models.Q(decided_on__gte=models.F("applied_on")),
                name="checks_clearance_decided_after_applied",
            ),
            models.CheckConstraint(
                condition=models.Q(reminded_on__isnull=True)
                | models.Q(applied_on__isnull=False, reminded_on__gte=models.F("applied_on")),
                name="checks_clearance_reminded_after_applied",
            ),
            models.CheckConstraint(
                condition=models.Q(told_on__isnull=True)
                | models.Q(decided_on__isnull=False, told_on__gte=models.F("decided_on")),
                name="checks_clearance_told_after_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"Clearance {self.pk}"


class ClearanceTick(models.Model):
    """One line of the site's form that this person has done."""

    clearance = models.ForeignKey(SiteClearance, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(SiteFormItem, models.CASCADE, related_name="ticks")
    done_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["item__place", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["clearance", "item"], name="checks_tick_once"),
        ]

    def __str__(self) -> str:
        return f"Tick {self.pk}"
