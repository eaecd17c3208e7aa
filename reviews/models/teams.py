"""Teams: who is on a visit, what they were asked and what they said."""

from datetime import date

from django.db import models

from organisation.models import StaffMember
from reviewers.models import Reviewer


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """Team members, by what they do and said."""

    def lxrs(self) -> "TeamMemberQuerySet":
        """Lived Experience Reviewers who count: not shadows."""
        return self.filter(role=TeamMember.Role.LXR)

    def live(self) -> "TeamMemberQuerySet":
        """Invited or accepted, and not taken back."""
        return self.filter(response__in=TeamMember.LIVE)

    def people(self) -> "TeamMemberQuerySet":
        """Everyone with lived experience: LXRs, shadows and reserves."""
        return self.filter(reviewer__isnull=False)


class TeamMember(models.Model):
    """A person on a review: a staff member or a reviewer, never both.

    ``holds_from``/``holds_until`` are the local time this person keeps free: set while a
    reviewer's answer is live on a coming review, empty otherwise. PostgreSQL refuses two that
    overlap.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        STAFF = "staff", "Staff"
        LXR = "lxr", "Lived Experience Reviewer"
        SHADOW = "shadow", "Shadow (learning)"
        RESERVE = "reserve", "Reserve (stands by)"

    class Response(models.TextChoices):
        INVITED = "invited", "Asked, no answer yet"
        ACCEPTED = "accepted", "Can come"
        DECLINED = "declined", "Can't come"
        WITHDRAWN = "withdrawn", "Could no longer come"
        EXPIRED = "expired", "No answer in time"

    class How(models.TextChoices):
        ONLINE = "online", "Online"
        PHONE = "phone", "By phone"
        PAPER = "paper", "On paper"

    class TakenBack(models.TextChoices):
        """Why the team needs somebody no more; never what was held against anybody."""

        PLANS = "plans", "Plans have changed"
        FILLED = "filled", "The places are filled"
        MOVED = "moved", "The visit moved to another day"

    class WhyNot(models.TextChoices):
        """What a person may say of why they cannot come. Nobody has to."""

        DAY = "day", "Not that day"
        FAR = "far", "It is too far"
        UNWELL = "unwell", "Not well"
        TOO_MUCH = "too much", "Too much at the moment"
        OTHER = "other", "Something else"
        UNSAID = "unsaid", "Prefer not to say"

    LIVE = (Response.INVITED, Response.ACCEPTED)

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="team")
    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=7, choices=Role.choices)
    response = models.CharField(max_length=9, choices=Response.choices, default=Response.INVITED)
    attended = models.BooleanField(null=True, blank=True)
    is_remote = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    asked_for = models.DateField(
        null=True, blank=True, help_text="The day of the visit they were last asked for."
    )
    answer_by = models.DateTimeField(
        null=True, blank=True, help_text="When it runs out; empty: when the visit begins."
    )
    called_at = models.DateTimeField(
        null=True, blank=True, help_text="When a reserve was asked to come after all."
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_how = models.CharField(max_length=6, choices=How.choices, blank=True)
    taken_back = models.CharField(
        max_length=6, choices=TakenBack.choices, blank=True, default="", db_default=""
    )
    why_not = models.CharField(
        max_length=8, choices=WhyNot.choices, blank=True, default="", db_default=""
    )
    holds_from = models.DateTimeField(null=True, blank=True)
    holds_until = models.DateTimeField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["reviewer", "holds_from"],
                condition=models.Q(holds_from__isnull=False),
                name="reviews_member_holds",
            ),
            models.Index(
                fields=["reviewer"],
                condition=models.Q(role="lxr", attended=True),
                name="reviews_member_has_been",
            ),
            models.Index(fields=["role", "response", "attended"], name="reviews_member_counts"),
            models.Index(
                fields=["answer_by"],
                condition=models.Q(response="invited", answer_by__isnull=False),
                name="reviews_member_answer_by",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["lead", "staff"], staff__isnull=False, reviewer__isnull=True
                )
                | models.Q(
                    role__in=["lxr", "shadow", "reserve"],
                    staff__isnull=True,
                    reviewer__isnull=False,
                ),
                name="reviews_member_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    response__in=["invited", "accepted", "declined", "withdrawn", "expired"]
                ),
                name="reviews_member_response",
            ),
            models.CheckConstraint(
                condition=models.Q(holds_from__isnull=True, holds_until__isnull=True)
                | models.Q(
                    holds_from__isnull=False,
                    holds_until__isnull=False,
                    holds_from__lt=models.F("holds_until"),
                    reviewer__isnull=False,
                    response__in=["invited", "accepted"],
                ),
                name="reviews_member_holds_while_live",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by__isnull=True)
                | models.Q(reviewer__isnull=False, response__in=["invited", "expired"]),
                name="reviews_member_answer_by_while_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back="")
                | models.Q(
                    taken_back__in=["plans", "filled", "moved"],
                    response="withdrawn",
                    answered_at__isnull=True,
                ),
                name="reviews_member_taken_back",
            ),
            models.CheckConstraint(
                condition=models.Q(why_not="")
                | models.Q(
                    why_not__in=["day", "far", "unwell", "too much", "other", "unsaid"],
                    response__in=["declined", "withdrawn"],
                    taken_back="",
                    reviewer__isnull=False,
                ),
                name="reviews_member_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(called_at__isnull=True) | models.Q(role="lxr"),
                name="reviews_member_called_to_come",
            ),
            models.UniqueConstraint(fields=["review", "reviewer"], name="reviews_member_reviewer"),
            models.UniqueConstraint(fields=["review", "staff"], name="reviews_member_staff"),
            models.UniqueConstraint(
                fields=["review"], condition=models.Q(role="lead"), name="reviews_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.review_id}"

    @property
    def is_open(self) -> bool:
        """Asked or coming."""
        return self.response in self.LIVE

    @property
    def said_no(self) -> bool:
        """Whether the person themselves said that they cannot come, or can no longer."""
        no = (self.Response.DECLINED, self.Response.WITHDRAWN)
        return self.response in no and not self.taken_back

    def was_asked_for(self, day: date) -> bool:
        """Whether what they answered was about this day: a new day is a new question."""
        return self.asked_for is None or self.asked_for == day
