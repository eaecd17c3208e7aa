"""PostgreSQL finds the beginning of a name by an index, however it is written.

Not in Meta: the operator class is PostgreSQL's own. SQLite reads the names one by one.
"""

from django.db import migrations

COLUMNS = ("first_name", "last_name", "reference")


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(
                f"CREATE INDEX reviewers_begin_{column} ON reviewers_reviewer"
                f" (UPPER({column}::text) text_pattern_ops)"
            )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX IF EXISTS reviewers_begin_{column}")


class Migration(migrations.Migration):
    dependencies = [("reviewers", "0001_initial")]

    operations = [migrations.RunPython(add, drop, elidable=False)]
