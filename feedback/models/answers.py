"""What was answered. Of services and the quality team nothing here says whose it is.

Every row has a random key and, at most, a day: neither their numbers nor their moments tell in
which order they came.
"""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from feedback.models.questions import Audience, FeedbackForm, FormQuestion
from feedback.models.themes import Theme
from reviewers.models import Reviewer
from reviews.models import Review

RATING = [MaxValueValidator(10)]


class QuoteAs(models.TextChoices):
    """How an author allows us to quote them."""

    ROLE = "role", "By role"
    ANONYMOUS = "anonymous", "Anonymously"
    NO = "no", "Not at all"


class Answer(models.Model):
    """What somebody answered. A service's or quality team's answer has no author."""

    class How(models.TextChoices):
        ONLINE = "online", "Online"
        PHONE = "phone", "By phone"
        PAPER = "paper", "On paper"
        IMPORTED = "imported", "Imported"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(FeedbackForm, models.PROTECT, related_name="answers")
    review = models.ForeignKey(Review, models.CASCADE, related_name="answers")
    audience = models.CharField(max_length=7, choices=Audience)
    author = models.ForeignKey(
        Reviewer, models.CASCADE, null=True, blank=True, related_name="answers"
    )
    impact = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_in_training = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_on_visit = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    support_after_visit = models.PositiveSmallIntegerField(null=True, blank=True, validators=RATING)
    quote_as = models.CharField(max_length=9, choices=QuoteAs, default=QuoteAs.NO)
    quote_changed_on = models.DateField(null=True, blank=True)
    withdrawal_digest = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text="Of the secret with which its author can withdraw the permission to quote.",
    )
    received_on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices, default=How.ONLINE)

    class Meta:
        ordering = ["-received_on", "-key"]
        indexes = [
            models.Index(fields=["review", "audience"], name="feedback_answer_review"),
            models.Index(fields=["-received_on", "-key"], name="feedback_answer_by_day"),
            models.Index(
                fields=["audience", "received_on", "review"], name="feedback_answer_lately"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience="lxr", author__isnull=False, impact__isnull=True)
                | models.Q(
                    audience__in=["team", "quality"],
                    author__isnull=True,
                    support_in_training__isnull=True,
                    support_on_visit__isnull=True,
                    support_after_visit__isnull=True,
                ),
                name="feedback_answer_ratings_of_audience",
            ),
            models.CheckConstraint(
                condition=(models.Q(impact__isnull=True) | models.Q(impact__lte=10))
                & (
                    models.Q(support_in_training__isnull=True)
                    | models.Q(support_in_training__lte=10)
                )
                & (models.Q(support_on_visit__isnull=True) | models.Q(support_on_visit__lte=10))
                & (
                    models.Q(support_after_visit__isnull=True)
                    | models.Q(support_after_visit__lte=10)
                ),
                name="feedback_answer_ratings_to_ten",
            ),
            models.CheckConstraint(
                condition=models.Q(quote_as__in=["role", "anonymous", "no"]),
                name="feedback_answer_quote_as",
            ),
            models.UniqueConstraint(fields=["review", "author"], name="feedback_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.audience} on {self.review_id}"

    @property
    def may_quote(self) -> bool:
        """Whether the author allowed us to quote them, in whichever way."""
        return self.quote_as != QuoteAs.NO


class Remark(models.Model):
    """One comment: what an answer says in its own words to one question of its form.

    A person of the quality team reads each. ``quote_words`` are those of it that are used as a
    quote, where not all of it is.
    """

    class PassedTo(models.TextChoices):
        SAFEGUARDING = "safeguarding", "Safeguarding"
        COMPLAINTS = "complaints", "Complaints"
        SPEAKING_UP = "speaking up", "Freedom to speak up"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="remarks")
    question = models.ForeignKey(FormQuestion, models.PROTECT, related_name="remarks")
    text = models.TextField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    quote_words = models.TextField(blank=True, default="", db_default="")
    themes = models.ManyToManyField(Theme, blank=True, related_name="remarks")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    passed_to = models.CharField(
        max_length=12, choices=PassedTo, blank=True, default="", db_default=""
    )
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["answer", "key"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="feedback_remark_once"),
            models.CheckConstraint(
                condition=models.Q(passed_to="", passed_at__isnull=True, passed_by__isnull=True)
                | models.Q(
                    passed_to__in=["safeguarding", "complaints", "speaking up"],
                    passed_at__isnull=False,
                ),
                name="feedback_remark_passed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=False) | models.Q(read_by__isnull=True),
                name="feedback_remark_read_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="feedback_remark_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=False) | models.Q(approved_by__isnull=True),
                name="feedback_remark_approved_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Remark of {self.answer_id}"

    @property
    def quoted(self) -> str:
        """The words as they are quoted."""
        return self.quote_words or self.text


class ExtraRating(models.Model):
    """The number that an answer gives to a question beyond the fixed ones."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="extra_ratings")
    question = models.ForeignKey(FormQuestion, models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField(validators=RATING)

    class Meta:
        ordering = ["answer", "key"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="feedback_rating_once"),
            models.CheckConstraint(
                condition=models.Q(value__lte=10), name="feedback_rating_to_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} of 10"
