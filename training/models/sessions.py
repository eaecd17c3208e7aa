"""Training sessions, places on them, and who attended."""

from django.db import models

from organisation.models import StaffMember
from reviewers.how import How
from reviewers.models import Reviewer
from training.models.courses import CourseVersion


class Session(models.Model):
    """One dated delivery of a course. Its places are its cohort."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", "Workshop"
        PILOT = "pilot", "Pilot workshop"
        STAFF = "staff", "Staff training"
        REFRESHER = "refresher", "Refresher"

    # Having attended one of these makes a person trained. A pilot makes nobody trained.
    CONFERRING = (Kind.WORKSHOP, Kind.STAFF)
    # Having attended one of these keeps a trained person in date.
    KEEPING = (*CONFERRING, Kind.REFRESHER)

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    version = models.ForeignKey(
        CourseVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        help_text="What was delivered; empty where the spreadsheet did not say.",
    )
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    counts_until = models.DateField(
        null=True,
        blank=True,
        help_text="The last day it keeps a person in date, as its course says; empty: for good.",
    )
    venue = models.CharField(max_length=200, blank=True)
    venue_access = models.TextField(max_length=2000, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    booking_opens_on = models.DateField(
        null=True,
        blank=True,
        help_text="From this day people who are ready may book themselves; empty: they may not.",
    )
    staff_facilitators = models.ManyToManyField(StaffMember, blank=True, related_name="sessions")
    co_facilitators = models.ManyToManyField(
        Reviewer, blank=True, related_name="sessions_co_facilitated"
    )
    is_cancelled = models.BooleanField(default=False, help_text="It counts nowhere.")
    cancelled_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["-held_on", "-id"], name="training_session_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["workshop", "pilot", "staff", "refresher"]),
                name="training_session_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="training_session_ends_later",
            ),
            models.CheckConstraint(
                condition=models.Q(is_cancelled=False, cancelled_why="")
                | models.Q(models.Q(is_cancelled=True), ~models.Q(cancelled_why="")),
                name="training_session_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Place(models.Model):
    """A person's place at a session, and what came of it."""

    class Outcome(models.TextChoices):
        INVITED = "invited", "Invited"
        BOOKED = "booked", "Booked"
        WAITING = "waiting", "On the waiting list"
        ATTENDED = "attended", "Attended"
        DID_NOT_ATTEND = "did not attend", "Did not attend"
        DECLINED = "declined", "Can’t come"
        EXPIRED = "expired", "No answer in time"
        CANCELLED = "cancelled", "Cancelled"

    # What holds room at a session: an invitation does until it is answered or has run out.
    TAKEN = (Outcome.INVITED, Outcome.BOOKED, Outcome.ATTENDED, Outcome.DID_NOT_ATTEND)
    # What is on the tick-list. Anybody else who comes is a walk-in.
    ON_THE_LIST = (Outcome.BOOKED, Outcome.ATTENDED, Outcome.DID_NOT_ATTEND)
    RECORDED = (Outcome.ATTENDED, Outcome.DID_NOT_ATTEND)
    # What is still to come of a place.
    OPEN = (Outcome.INVITED, Outcome.BOOKED, Outcome.WAITING)

    session = models.ForeignKey(Session, models.CASCADE, related_name="places")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="places")
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.BOOKED)
    booked_at = models.DateTimeField(help_text="When they were invited, booked or began to wait.")
    answer_by = models.DateField(
        null=True, blank=True, help_text="The last day an invitation holds the place."
    )
    how = models.CharField(
        max_length=10, choices=How.choices, blank=True, help_text="How they answered us."
    )
    walk_in_why = models.CharField(
        max_length=300, blank=True, help_text="Why somebody without a place was there."
    )
    corrected_why = models.CharField(
        max_length=300, blank=True, help_text="Why what was recorded of the day was changed."
    )
    followed_up_on = models.DateField(
        null=True, blank=True, help_text="When somebody got in touch after they did not come."
    )
    cancelled_at = models.DateTimeField(
        null=True, blank=True, help_text="When a place was given up; empty where that is not known."
    )
    kept_as = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="What was known of the person and the day when it was decided to keep it.",
    )

    class Meta:
        ordering = ["booked_at", "id"]
        indexes = [models.Index(fields=["reviewer", "outcome"], name="training_place_person")]
        constraints = [
            models.UniqueConstraint(fields=["session", "reviewer"], name="training_place_once"),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=[
                        "invited",
                        "booked",
                        "waiting",
                        "attended",
                        "did not attend",
                        "declined",
                        "expired",
                        "cancelled",
                    ]
                ),
                name="training_place_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="invited") | models.Q(answer_by__isnull=False),
                name="training_place_invited_until",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["", "online", "phone", "paper"]),
                name="training_place_how",
            ),
            models.CheckConstraint(
                condition=models.Q(followed_up_on__isnull=True)
                | models.Q(outcome="did not attend"),
                name="training_place_follow_up_of_no_show",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True) | models.Q(outcome="cancelled"),
                name="training_place_cancelled_at_of_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} at {self.session_id}"

    @property
    def has_note(self) -> bool:
        """Whether there is more to say of it than its outcome."""
        return bool(
            self.answer_by
            or self.how
            or self.walk_in_why
            or self.corrected_why
            or self.followed_up_on
        )
