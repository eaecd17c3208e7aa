"""Links that were used go: they open nothing, and their moment said who answered when."""

from django.db import migrations


def forget(apps, schema_editor):
    links = apps.get_model("accounts", "SecretLink").objects.using(schema_editor.connection.alias)
    links.filter(used_at__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_spent_secrets")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
