"""Say of each invitation that the team took back that it was the team."""

from django.db import migrations


def say_taken_back(apps, schema_editor):
    members = apps.get_model("reviews", "TeamMember").objects
    # Until now: withdrawn at a moment, and no way in which the person told us.
    members.filter(
        response="withdrawn", answered_how="", answered_at__isnull=False, reviewer__isnull=False
    ).update(taken_back="plans", answered_at=None)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_answer_by")]

    operations = [migrations.RunPython(say_taken_back, migrations.RunPython.noop)]
