"""A link does not say when it was used, nor whether."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_forget_used_links")]

    operations = [migrations.RemoveField(model_name="secretlink", name="used_at")]
