"""What a trained person told us about their first visit, and what was done for it."""

from django.db import models

from organisation.models import StaffMember
from reviewers.models import Reviewer, Stage


class FirstVisit(models.Model):
    """One person's way to a first visit.

    The steps themselves (trained, learning beside a team, been on a visit) are read from training
    and teams. Whether somebody may begin anywhere stands with the person, for the rules.
    """

    class Wish(models.TextChoices):
        READY = "ready", "I am ready"
        SHADOW = "shadow", "I would like to watch a visit first"
        BUDDY = "buddy", "I would like somebody beside me"
        TALK = "talk", "I would like to talk about it first"
        NOT_NOW = "not now", "Not now"

    class How(models.TextChoices):
        ONLINE = "online", "Online"
        PHONE = "phone", "By phone"
        PAPER = "paper", "On paper"

    reviewer = models.OneToOneField(Reviewer, models.CASCADE, related_name="first_visit")
    wish = models.CharField(max_length=7, choices=Wish.choices, blank=True)
    not_before = models.DateField(
        null=True, blank=True, help_text="When “not now” ends; empty: until they tell us."
    )
    said_at = models.DateTimeField(null=True, blank=True)
    said_how = models.CharField(max_length=6, choices=How.choices, blank=True)
    buddy = models.ForeignKey(
        Reviewer, models.SET_NULL, null=True, blank=True, related_name="buddy_of"
    )
    staff_buddy = models.ForeignKey(
        StaffMember, models.SET_NULL, null=True, blank=True, related_name="buddy_of"
    )
    buddy_agreed_on = models.DateField(
        null=True,
        blank=True,
        help_text="When both had agreed that each is told the other’s name.",
    )
    asked_at = models.DateTimeField(null=True, blank=True, help_text="The last gentle ask.")
    debriefed_on = models.DateField(null=True, blank=True)
    agreed = models.CharField(
        max_length=500, blank=True, help_text="What was agreed for the next visit."
    )

    no_debrief_why = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Why there will be no talk after the first visit.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wish__in=["", "ready", "shadow", "buddy", "talk", "not now"]),
                name="reviews_first_visit_wish",
            ),
            models.CheckConstraint(
                condition=models.Q(not_before__isnull=True) | models.Q(wish="not now"),
                name="reviews_first_visit_not_before",
            ),
            models.CheckConstraint(
                condition=models.Q(wish="", said_at__isnull=True, said_how="")
                | (
                    ~models.Q(wish="")
                    & models.Q(said_at__isnull=False, said_how__in=["online", "phone", "paper"])
                ),
                name="reviews_first_visit_said",
            ),
            models.CheckConstraint(
                condition=models.Q(buddy__isnull=True) | models.Q(staff_buddy__isnull=True),
                name="reviews_first_visit_one_buddy",
            ),
            models.CheckConstraint(
                condition=models.Q(buddy__isnull=True) | ~models.Q(buddy=models.F("reviewer")),
                name="reviews_first_visit_buddy_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(buddy__isnull=False) | models.Q(buddy_agreed_on__isnull=True),
                name="reviews_first_visit_buddy_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(no_debrief_why="") | models.Q(debriefed_on__isnull=True),
                name="reviews_first_visit_talk_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"First visit of {self.reviewer_id}"

    @property
    def buddy_name(self) -> str:
        """Who was named to go with them; empty while nobody is."""
        named = self.buddy or self.staff_buddy
        return str(named) if named else ""

    @property
    def is_buddy_away(self) -> bool:
        """Whether the LXR who was named has paused, left or is not active any more."""
        return self.buddy is not None and self.buddy.stage != Stage.ACTIVE

    @property
    def goes_along(self) -> str:
        """Who goes with them as things are now; empty if nobody does.

        Somebody of the staff; or an LXR who is active, once both have agreed.
        """
        if self.buddy is not None and (self.is_buddy_away or self.buddy_agreed_on is None):
            return ""
        return self.buddy_name
