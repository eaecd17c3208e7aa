"""The library: what people read before they go, in versions and formats, and who has read it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from reviewers.how import How
from reviewers.models import KeptFile, Reviewer, rules_of_files


class Document(models.Model):
    """Something to read, such as what to do if something upsets you."""

    class MustRead(models.TextChoices):
        NOBODY = "nobody", "Nobody has to"
        TRAINED = "trained", "Everyone who is trained"
        EVERYONE = "everyone", "Everyone from training on, so before a first visit"

    title = models.CharField(max_length=120)
    about = models.CharField(max_length=300)
    must_read = models.CharField(max_length=8, choices=MustRead.choices, default=MustRead.NOBODY)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(Lower("title"), name="training_document_once"),
            models.CheckConstraint(
                condition=models.Q(must_read__in=["nobody", "trained", "everyone"]),
                name="training_document_must_read",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One version of a document. Its files never change; older ones are kept."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    what_changed = models.TextField(max_length=1000, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="training_docversion_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | models.Q(number__gt=1) & ~models.Q(what_changed=""),
                name="training_docversion_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class DocumentFile(KeptFile):
    """A version of a document in one format."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        constraints = rules_of_files("training_docfile")


class Reading(models.Model):
    """A person has read a version of a document."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="readings")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="readings")
    read_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["read_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reviewer"], name="training_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} read {self.version_id}"
