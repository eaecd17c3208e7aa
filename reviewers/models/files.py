"""What people read, as files in the formats that they need."""

from typing import ClassVar

from django.db import models


class KeptFile(models.Model):
    """A ``version`` of something to read, in one format. What only lists it defers ``content``."""

    class Format(models.TextChoices):
        """The values are those of the access needs that ask for them."""

        STANDARD = "standard", "Standard"
        LARGE_PRINT = "large print", "Large print"
        EASY_READ = "easy read", "Easy Read"

    format = models.CharField(max_length=11, choices=Format.choices)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, help_text="As its content says, never as it was sent.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    content = models.BinaryField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["version", "id"]

    def __str__(self) -> str:
        return self.name


def rules_of_files(name: str) -> list[models.BaseConstraint]:
    """What the database holds such files to; each constraint's name begins with ``name``."""
    return [
        models.UniqueConstraint(fields=["version", "format"], name=f"{name}_once"),
        models.CheckConstraint(
            condition=models.Q(kind__in=["pdf", "docx", "png", "jpeg"]), name=f"{name}_kind"
        ),
        models.CheckConstraint(
            condition=models.Q(format__in=["standard", "large print", "easy read"]),
            name=f"{name}_format",
        ),
    ]
