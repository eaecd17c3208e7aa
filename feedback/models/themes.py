"""Themes that comments are about: a small list which the quality team keeps."""

from django.db import models
from django.db.models.functions import Lower


class Theme(models.Model):
    """What comments can be about. One that is retired stays on the comments that have it."""

    name = models.CharField(max_length=60)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="feedback_theme_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="feedback_theme_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
