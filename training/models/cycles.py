"""PDSA cycles: one change that is planned, done, studied and acted on."""

from django.db import models

from organisation.models import StaffMember
from reviewers.models import Reviewer
from training.models.courses import Course
from training.models.sessions import Session


class Cycle(models.Model):
    """One change to a course or to the question sets, from the idea to what became of it."""

    class About(models.TextChoices):
        COURSE = "course", "A course"
        QUESTIONS = "questions", "The questions we ask on visits"

    class Stage(models.TextChoices):
        PLANNED = "planned", "Plan"
        DOING = "doing", "Do"
        STUDYING = "studying", "Study"
        ACTED = "acted", "Act"

    class Outcome(models.TextChoices):
        ADOPT = "adopt", "Adopt: keep the change as it is"
        ADAPT = "adapt", "Adapt: keep it, and change it further"
        ABANDON = "abandon", "Abandon: do not keep it"

    title = models.CharField(max_length=120)
    about = models.CharField(max_length=9, choices=About.choices)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="cycles")
    staff_owners = models.ManyToManyField(StaffMember, blank=True, related_name="cycles")
    lxr_owners = models.ManyToManyField(Reviewer, blank=True, related_name="cycles")
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.PLANNED)

    idea = models.TextField(max_length=3000, help_text="The change to try.")
    prediction = models.TextField(max_length=3000)
    measure = models.TextField(max_length=3000, help_text="How we will know.")
    planned_on = models.DateField()

    sessions = models.ManyToManyField(Session, blank=True, related_name="cycles")
    what_happened = models.TextField(max_length=5000, blank=True)
    done_on = models.DateField(null=True, blank=True)

    learnt = models.TextField(max_length=5000, blank=True)
    summary = models.TextField(
        max_length=5000, blank=True, help_text="What attendees said together, as they agreed it."
    )
    summary_agreed_on = models.DateField(null=True, blank=True)
    summary_agreed_by = models.PositiveSmallIntegerField(null=True, blank=True)
    studied_on = models.DateField(null=True, blank=True)

    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    decision = models.TextField(max_length=5000, blank=True)
    acted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-planned_on", "-id"]
        indexes = [
            models.Index(fields=["stage", "-planned_on", "-id"], name="training_cycle_board"),
            models.Index(fields=["-planned_on", "-id"], name="training_cycle_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about="course", course__isnull=False)
                | models.Q(about="questions", course__isnull=True),
                name="training_cycle_about_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(stage="planned", done_on=None, studied_on=None, acted_on=None)
                | models.Q(stage="doing", done_on__isnull=False, studied_on=None, acted_on=None)
                | models.Q(
                    stage="studying",
                    done_on__isnull=False,
                    studied_on__isnull=False,
                    acted_on=None,
                )
                | models.Q(stage="acted", acted_on__isnull=False),
                name="training_cycle_dates_of_its_stage",
            ),
            models.CheckConstraint(
                condition=models.Q(models.Q(stage="acted"), ~models.Q(decision=""))
                & models.Q(outcome__in=["adopt", "adapt"], studied_on__isnull=False)
                | models.Q(models.Q(stage="acted", outcome="abandon"), ~models.Q(decision=""))
                | models.Q(~models.Q(stage="acted"), outcome="", decision=""),
                name="training_cycle_acted_says_what",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(done_on__isnull=True) | models.Q(done_on__gte=models.F("planned_on"))
                )
                & (
                    models.Q(studied_on__isnull=True)
                    | models.Q(studied_on__gte=models.F("done_on"))
                )
                & (models.Q(acted_on__isnull=True) | models.Q(acted_on__gte=models.F("planned_on")))
                & (
                    models.Q(acted_on__isnull=True)
                    | models.Q(studied_on__isnull=True)
                    | models.Q(acted_on__gte=models.F("studied_on"))
                ),
                name="training_cycle_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    summary="", summary_agreed_on__isnull=True, summary_agreed_by__isnull=True
                )
                | models.Q(
                    ~models.Q(summary=""),
                    summary_agreed_on__isnull=False,
                    summary_agreed_by__gte=1,
                ),
                name="training_cycle_summary_is_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CycleNote(models.Model):
    """What a Lived Experience Reviewer who helps to lead a change wrote about it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="notes")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="cycle_notes")
    words = models.TextField(max_length=3000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="training_cyclenote_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Note about {self.cycle_id}"
