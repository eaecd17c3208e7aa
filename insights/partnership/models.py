"""The portal's own key, other trusts with theirs, and the figures that each has sent."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from encryption.fields import EncryptedBinaryField


class SigningKey(models.Model):
    """The Ed25519 key with which this portal signs what it shares: one row."""

    private_key = EncryptedBinaryField()
    public_key = models.CharField(max_length=44)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="insights_signing_key_one_row"),
        ]

    def __str__(self) -> str:
        return "The portal's key"


class Partner(models.Model):
    """Another trust, by the name we call it, and the key that its files are signed with."""

    name = models.CharField(max_length=100)
    public_key = models.CharField(
        max_length=44,
        unique=True,
        error_messages={"unique": "There is a partner with this key already."},
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="insights_partner_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="insights_partner_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerFigures(models.Model):
    """What a partner sent of one period: the newest file, its signature checked."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="figures")
    since = models.DateField(help_text="The first day of the first month.")
    until = models.DateField(help_text="The first day of the last month.")
    written_at = models.DateTimeField(help_text="When the partner's portal wrote the file.")
    content = models.JSONField(help_text="What the file says, without its signature.")
    signature = models.CharField(max_length=88)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "partner figures"
        ordering = ["-until", "-since", "partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "since", "until"], name="insights_partner_figures_once"
            ),
            models.CheckConstraint(
                condition=models.Q(since__lte=models.F("until")),
                name="insights_partner_figures_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.since:%Y-%m} {self.until:%Y-%m}"
