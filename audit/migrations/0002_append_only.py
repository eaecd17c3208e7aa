"""On PostgreSQL the application's own role cannot change or delete audit events.

It does something where MIGRATION_DATABASE_URL names another role than DATABASE_URL. A role that
is made later gets its rights by ``manage.py grants``.
"""

from django.conf import settings
from django.db import migrations

from audit.grants import apply, why_not


def grant(apps, schema_editor):
    role = settings.APPLICATION_ROLE
    if schema_editor.connection.vendor != "postgresql" or not role:
        return
    with schema_editor.connection.cursor() as cursor:
        problem = why_not(cursor, role)
    if problem:
        message = f"DATABASE_URL: {problem}"
        raise RuntimeError(message)
    apply(schema_editor.connection, role)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
