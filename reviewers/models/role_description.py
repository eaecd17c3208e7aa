"""The role description: numbered versions, and who signed which.

Version 1 is what people signed on paper before the portal had a text of its own.
"""

from django.conf import settings
from django.db import models

from reviewers.how import How
from reviewers.models.files import KeptFile, rules_of_files
from reviewers.models.people import Reviewer


class RoleDescription(models.Model):
    """One version. It never changes once published; a new version asks everybody again."""

    number = models.PositiveSmallIntegerField(unique=True)
    words = models.TextField()
    what_changed = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    needed_from = models.DateField(
        help_text="Who goes on a visit on this day or later must have signed this version."
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="reviewers_description_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Role description, version {self.number}"


class RoleDescriptionFile(KeptFile):
    """A version in one more format. Its words on the page are the standard one."""

    version = models.ForeignKey(RoleDescription, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        constraints = [
            *rules_of_files("reviewers_rolefile"),
            models.CheckConstraint(
                condition=~models.Q(format="standard"), name="reviewers_rolefile_not_standard"
            ),
        ]


class RoleSignature(models.Model):
    """A person read a version and signed it."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="role_signatures")
    version = models.PositiveSmallIntegerField()
    signed_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "version"], name="reviewers_signature_once"
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1, how__in=How.values),
                name="reviewers_signature_version",
            ),
        ]

    def __str__(self) -> str:
        return f"Signature {self.pk}"
