"""Tokens: what another program may read of the figures."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from insights.api.scopes import Scope

PURPOSE = "figures"  # of a token's SecretLink


class ApiToken(models.Model):
    """What a token opens. Its secret's hash, its last day and its end are a SecretLink's."""

    name = models.CharField(max_length=100, help_text="What uses it.")
    scopes = models.CharField(max_length=100, help_text="Names of scopes with spaces between.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(scopes=""), name="insights_token_opens_something"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="insights_token_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def opens(self, scope: str) -> bool:
        """Whether it may read these figures."""
        return scope in self.scopes.split()

    @property
    def opens_by_name(self) -> list[str]:
        """The names of what it may read."""
        return self.scopes.split()

    @property
    def opens_in_words(self) -> list[str]:
        """What it may read, as pages say it."""
        return [str(Scope(each).label) for each in Scope.values if self.opens(each)]

    @property
    def last_day(self) -> date | None:
        """The last day on which it works, or worked unless it was revoked before; of its link,
        so None for a token that ``queries.tokens`` did not give, or whose link is gone.
        """
        end: datetime | None = getattr(self, "expires_at", None)
        return timezone.localdate(end - timedelta(microseconds=1)) if end else None
