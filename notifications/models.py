"""The outbox: every message to a person, from being queued to being sent or dropped."""

from django.conf import settings
from django.db import models

from encryption.fields import EncryptedTextField


class Channel(models.TextChoices):
    """How a message reaches a person."""

    EMAIL = "email", "Email"
    TEXT = "text", "Text message"
    PHONE = "phone", "Phone call"
    POST = "post", "Post"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, as delivery and pages ask for them."""

    def by_hand(self) -> "MessageQuerySet":
        """Those a person sends: calls to make and letters to post."""
        return self.filter(channel__in=[Channel.PHONE, Channel.POST])

    def waiting(self) -> "MessageQuerySet":
        """Not sent and not dropped."""
        return self.filter(state__in=[Message.State.WAITING, Message.State.CLAIMED])


class Message(models.Model):
    """One message to one person, queued once under its key."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        DROPPED = "dropped", "Not needed any more"

    class Recipient(models.TextChoices):
        REVIEWER = "reviewer", "Lived Experience Reviewer"
        STAFF = "staff", "Staff"
        CONTACT = "contact", "Service contact"
        USER = "user", "User"
        TEAM = "team", "The team"

    key = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True, help_text="What it is about; its kind says what.")
    recipient_kind = models.CharField(max_length=10, choices=Recipient.choices)
    recipient_id = models.BigIntegerField()
    recipient_name = models.CharField(max_length=150)
    channel = models.CharField(max_length=5, choices=Channel)
    address = models.CharField(max_length=300, blank=True)
    note = models.CharField(
        max_length=100, blank=True, help_text="Why it does not go the way the person likes."
    )
    subject = models.CharField(max_length=150, blank=True)
    body = EncryptedTextField(blank=True)
    is_secret = models.BooleanField(
        default=False, help_text="The body is erased once it has been sent."
    )
    is_urgent = models.BooleanField(default=False, help_text="Sent at once, at any hour.")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    too_late_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claim = models.UUIDField(null=True, blank=True, help_text="Which delivery holds it.")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who posted the letter or made the call.",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(
                fields=["state", "-is_urgent", "due_at"], name="notifications_message_next"
            ),
            models.Index(fields=["-queued_at", "-id"], name="notifications_message_newest"),
            models.Index(
                fields=["recipient_kind", "recipient_id", "-queued_at"],
                name="notifications_message_to",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "claimed", "sent", "failed", "dropped"]),
                name="notifications_message_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="notifications_message_sent_at",
            ),
            models.CheckConstraint(
                condition=models.Q(state="claimed", claim__isnull=False, lease_until__isnull=False)
                | (
                    ~models.Q(state="claimed")
                    & models.Q(claim__isnull=True, lease_until__isnull=True)
                ),
                name="notifications_message_claim",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["email", "text", "phone", "post"]),
                name="notifications_message_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_by_hand(self) -> bool:
        """Whether a person rings or posts it."""
        return self.channel in {Channel.PHONE, Channel.POST}
