"""Stored counts get a setting and more columns: empty them, and mark what there was.

They are counted again from the reviews when somebody looks, or at the tick.
"""

from django.db import migrations


def mark_and_empty(apps, schema_editor):
    MonthCounts = apps.get_model("insights", "MonthCounts")
    ChangedMonth = apps.get_model("reviews", "ChangedMonth")
    ChangedMonth.objects.bulk_create(
        [
            ChangedMonth(month=month, directorate_id=directorate)
            for month, directorate in MonthCounts.objects.values_list("month", "directorate")
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    MonthCounts.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0003_forecast"),
        ("reviews", "0001_initial"),
    ]

    operations = [migrations.RunPython(mark_and_empty, migrations.RunPython.noop)]
