import django.db.models.deletion
from django.db import migrations, models

import training.models.said


class Migration(migrations.Migration):
    """The table that answers move to, and what is written when a form closes."""

    dependencies = [("training", "0003_library")]

    operations = [
        migrations.CreateModel(
            name="SaidAnew",
            fields=[
                (
                    "key",
                    training.models.said.DrawnField(
                        default=training.models.said.drawn,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("said_on", models.DateField()),
                ("support", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("pace", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("usefulness", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("comment", models.TextField(blank=True, max_length=3000)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="training.session",
                    ),
                ),
            ],
            options={
                "db_table": "training_answer",
                "ordering": ["key"],
                "verbose_name_plural": "said",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("support__isnull", True), ("support__lte", 10), _connector="OR"
                            ),
                            models.Q(("pace__isnull", True), ("pace__lte", 10), _connector="OR"),
                            models.Q(
                                ("usefulness__isnull", True),
                                ("usefulness__lte", 10),
                                _connector="OR",
                            ),
                        ),
                        name="training_said_ratings_to_ten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("support__isnull", False),
                            ("pace__isnull", False),
                            ("usefulness__isnull", False),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="training_said_something",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="roomlink",
            name="attended",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How many were recorded as there when it was closed.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="roomlink",
            name="read_with",
            field=models.ForeignKey(
                blank=True,
                help_text=(
                    "The form that completed the group its answers are read in; "
                    "empty: not read yet."
                ),
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="read_together",
                to="training.roomlink",
            ),
        ),
    ]
