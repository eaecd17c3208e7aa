"""Who was asked for feedback on which review. What they answered stands elsewhere, without them."""

from typing import Self

from django.db import models

from feedback.models.questions import Audience
from organisation.models import ServiceContact, StaffMember
from reviewers.models import Reviewer
from reviews.models import Review


class AskingQuerySet(models.QuerySet["Asking"]):
    """Askings with the words of the domain."""

    def with_a_place(self) -> Self:
        """Those of whom there may be an answer: as many of one kind can be received, no more."""
        states = [Asking.State.OPEN, Asking.State.ANSWERED]
        return self.filter(models.Q(state__in=states) | models.Q(may_have_answered=True))


class Asking(models.Model):
    """One person asked for feedback on one review.

    Of those asked with a link, the row does not say who has answered: an open asking becomes an
    answered one when as many answers have come as people were asked, for all of them at once.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        DECLINED = "declined", "Does not want to answer"
        REVOKED = "revoked", "Link taken back"

    review = models.ForeignKey(Review, models.CASCADE, related_name="askings")
    audience = models.CharField(max_length=7, choices=Audience)
    contact = models.ForeignKey(ServiceContact, models.CASCADE, null=True, blank=True)
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, null=True, blank=True)
    staff = models.ForeignKey(StaffMember, models.CASCADE, null=True, blank=True)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN, db_default=State.OPEN.value
    )
    nonce = models.CharField(
        max_length=43,
        blank=True,
        default="",
        db_default="",
        help_text="What the secret of its link is derived from.",
    )
    may_have_answered = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Its link was closed when answers had come, and one of them may be theirs.",
    )

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                condition=models.Q(state="open"),
                name="feedback_asking_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "answered", "declined", "revoked"]),
                name="feedback_asking_state",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    audience="team",
                    contact__isnull=False,
                    reviewer__isnull=True,
                    staff__isnull=True,
                )
                | models.Q(
                    audience="lxr",
                    contact__isnull=True,
                    reviewer__isnull=False,
                    staff__isnull=True,
                )
                | models.Q(
                    audience="quality",
                    contact__isnull=True,
                    reviewer__isnull=True,
                    staff__isnull=False,
                ),
                name="feedback_asking_one_person",
            ),
            models.UniqueConstraint(fields=["review", "contact"], name="feedback_asked_contact"),
            models.UniqueConstraint(fields=["review", "reviewer"], name="feedback_asked_reviewer"),
            models.UniqueConstraint(fields=["review", "staff"], name="feedback_asked_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.audience} of {self.review_id}"

    @property
    def person(self) -> ServiceContact | Reviewer | StaffMember:
        """Whoever was asked."""
        person = self.contact or self.reviewer or self.staff
        assert person is not None  # noqa: S101 - the database holds that there is exactly one
        return person
