"""The library: what people read before they go, in versions and formats, and who has read it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from reviewers.how import How
from reviewers.models import Reviewer


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


class DocumentFile(models.Model):
    """A version in one format. Pages that only list it defer ``content``."""

    class Format(models.TextChoices):
        STANDARD = "standard", "Standard"
        LARGE_PRINT = "large print", "Large print"
        EASY_READ = "easy read", "Easy Read"

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="files")
    format = models.CharField(max_length=11, choices=Format.choices)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, help_text="As its content says, never as it was sent.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    content = models.BinaryField()

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "format"], name="training_docfile_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["pdf", "docx", "png", "jpeg"]),
                name="training_docfile_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(format__in=["standard", "large print", "easy read"]),
                name="training_docfile_format",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
