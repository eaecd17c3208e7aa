"""Courses and their versions: what a session delivers, and why it is as it is now."""

from django.db import models


class Course(models.Model):
    """Something people are trained in. Its kind says whether it makes a person trained."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", "Workshop: makes a person trained"
        STAFF = "staff", "Staff training: makes a person trained"
        REFRESHER = "refresher", "Refresher: keeps a trained person in date"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    lasts_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long it keeps a person in date; empty: for good."
    )
    about = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["workshop", "staff", "refresher"]),
                name="training_course_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(lasts_months__isnull=True) | models.Q(lasts_months__gte=1),
                name="training_course_lasts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CourseVersion(models.Model):
    """A course as it was delivered from a day on: what changed, and why."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    what_changed = models.TextField(max_length=5000)
    why = models.TextField(max_length=5000, blank=True)
    cycle = models.ForeignKey(
        "training.Cycle",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        help_text="The tested change that it came from.",
    )

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="training_course_version_of_cycle"),
            models.UniqueConstraint(
                fields=["course", "number"], name="training_course_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="training_course_version_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, version {self.number}"

    @property
    def short_name(self) -> str:
        """What it is called where its course is named already."""
        return f"Version {self.number}"
