"""PostgreSQL itself refuses to send one person to two visits at once.

Not in Meta: SQLite knows no exclusion constraint. There the write lock of an IMMEDIATE
transaction and the rule in ``reviews.eligibility`` do the same.
"""

from django.db import migrations

ADD = """
ALTER TABLE reviews_teammember ADD CONSTRAINT reviews_member_no_overlap
EXCLUDE USING gist (reviewer_id WITH =, tstzrange(holds_from, holds_until) WITH &&)
WHERE (holds_from IS NOT NULL)
"""
DROP = "ALTER TABLE reviews_teammember DROP CONSTRAINT IF EXISTS reviews_member_no_overlap"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(add, drop, elidable=False)]
