"""What the import remembers of each row, so that a later import can tell who changed what."""

from django.db import models


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
