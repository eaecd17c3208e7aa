"""The questions Lived Experience Reviewers ask on visits, who wrote them, and what they cover."""

from django.db import models
from django.db.models.functions import Lower

from training.models.cycles import Cycle


class Framework(models.Model):
    """One version of a set of key questions and statements, such as CQC's of 2024."""

    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), Lower("version"), name="training_framework_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"


class KeyQuestion(models.Model):
    """One of the few things a framework asks about, such as: caring."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="key_questions")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "position"], name="training_keyquestion_position"
            ),
            models.UniqueConstraint("framework", Lower("name"), name="training_keyquestion_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """What good looks like under a key question. Questions map to it."""

    key_question = models.ForeignKey(KeyQuestion, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["key_question", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_question", "position"], name="training_statement_position"
            ),
            models.UniqueConstraint("key_question", Lower("name"), name="training_statement_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FocusGroup(models.Model):
    """People who wrote questions together: when, how often, how many and as what. Never who."""

    title = models.CharField(max_length=120)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="focus_groups")
    began_on = models.DateField()
    ended_on = models.DateField()
    meetings = models.PositiveSmallIntegerField()
    users = models.PositiveSmallIntegerField(help_text="How many had used services.")
    carers = models.PositiveSmallIntegerField(help_text="How many had cared for someone.")
    staff = models.PositiveSmallIntegerField(help_text="How many came as staff.")

    class Meta:
        ordering = ["-ended_on", "-id"]
        indexes = [models.Index(fields=["-ended_on", "-id"], name="training_group_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__gte=models.F("began_on")),
                name="training_group_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(meetings__gte=1), name="training_group_met_once"
            ),
            models.CheckConstraint(
                condition=models.Q(users__gte=1) | models.Q(carers__gte=1),
                name="training_group_lived_experience",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def took_part(self) -> int:
        """How many people took part; each counts once."""
        return self.users + self.carers + self.staff

    @property
    def as_what(self) -> list[str]:
        """How many took part as what, such as: 11 who had used services."""
        parts = (
            (self.users, "who had used services"),
            (self.carers, "who had cared for someone"),
            (self.staff, "who came as staff"),
        )
        return [f"{number} {words}" for number, words in parts if number]


class ProposedQuestion(models.Model):
    """A question the group proposed, how many voted for it, and whether they agreed on it."""

    group = models.ForeignKey(FocusGroup, models.CASCADE, related_name="questions")
    key_question = models.ForeignKey(KeyQuestion, models.PROTECT, related_name="+")
    statements = models.ManyToManyField(Statement, blank=True, related_name="+")
    words = models.CharField(max_length=300)
    votes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("group", Lower("words"), name="training_proposed_once"),
            models.CheckConstraint(
                condition=~models.Q(words=""), name="training_proposed_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class QuestionSet(models.Model):
    """One version of the questions for visits, as a focus group agreed it. It never changes."""

    number = models.PositiveSmallIntegerField(unique=True)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="question_sets")
    group = models.OneToOneField(FocusGroup, models.PROTECT, related_name="question_set")
    cycle = models.OneToOneField(
        Cycle, models.PROTECT, null=True, blank=True, related_name="question_set"
    )
    made_on = models.DateField()
    why = models.TextField(max_length=5000)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="training_questionset_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class SetQuestion(models.Model):
    """One question of a set, in its place, with the statements it asks about."""

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="questions")
    key_question = models.ForeignKey(KeyQuestion, models.PROTECT, related_name="+")
    statements = models.ManyToManyField(Statement, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["question_set", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "position"], name="training_setquestion_position"
            ),
            models.UniqueConstraint(
                "question_set", Lower("words"), name="training_setquestion_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words
