"""That a coordinator decided somebody stays on a visit."""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField
from reviews.models import TeamMember


class Keeping(models.Model):
    """A place that was in doubt and is kept. It rests until what could be seen of it changes."""

    member = models.OneToOneField(TeamMember, models.CASCADE, related_name="keeping")
    seen = models.CharField(max_length=64, help_text="A digest of what could be seen of it then.")
    note = EncryptedTextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(seen="") & ~models.Q(note=""), name="programme_keeping_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Keeping {self.pk}"
