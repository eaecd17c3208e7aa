"""Decisions that were brought in as approved with conditions, and have none here, lack them."""

from django.db import migrations


def mark(apps, schema_editor):
    assessments = apps.get_model("checks", "RiskAssessment").objects
    brought_in = assessments.filter(
        decision="approved with conditions",
        is_in_force=True,
        approved_by__isnull=True,
        conditions__isnull=True,
    )
    assessments.filter(pk__in=list(brought_in.values_list("pk", flat=True))).update(
        is_missing_conditions=True
    )


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_missing_conditions")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
