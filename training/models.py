"""Training sessions, places on them, and who attended."""

from django.db import models

from organisation.models import StaffMember
from reviewers.models import Reviewer


class Session(models.Model):
    """One dated delivery of a course. Its places are its cohort."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", "Workshop"
        PILOT = "pilot", "Pilot workshop"
        STAFF = "staff", "Staff training"
        REFRESHER = "refresher", "Refresher"

    # Having attended one of these makes a person trained. A pilot makes nobody trained.
    CONFERRING = (Kind.WORKSHOP, Kind.STAFF)

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    venue = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_facilitator = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    co_facilitators = models.ManyToManyField(
        Reviewer, blank=True, related_name="sessions_co_facilitated"
    )

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
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Place(models.Model):
    """A person's place at a session, and what came of it."""

    class Outcome(models.TextChoices):
        BOOKED = "booked", "Booked"
        WAITING = "waiting", "On the waiting list"
        ATTENDED = "attended", "Attended"
        DID_NOT_ATTEND = "did not attend", "Did not attend"
        CANCELLED = "cancelled", "Cancelled"

    session = models.ForeignKey(Session, models.CASCADE, related_name="places")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="places")
    outcome = models.CharField(max_length=15, choices=Outcome.choices, default=Outcome.BOOKED)
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["booked_at", "id"]
        indexes = [models.Index(fields=["reviewer", "outcome"], name="training_place_person")]
        constraints = [
            models.UniqueConstraint(fields=["session", "reviewer"], name="training_place_once"),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["booked", "waiting", "attended", "did not attend", "cancelled"]
                ),
                name="training_place_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} at {self.session_id}"
