"""Version 1 of each form: what was asked before forms had versions."""

from django.db import migrations
from django.utils import timezone

from feedback.first_wording import FIRST


def make(apps, schema_editor):
    db = schema_editor.connection.alias
    form_model = apps.get_model("feedback", "FeedbackForm")
    question_model = apps.get_model("feedback", "FormQuestion")
    for audience, questions in FIRST.items():
        form = form_model.objects.using(db).create(
            audience=audience, number=1, published_at=timezone.now()
        )
        question_model.objects.using(db).bulk_create(
            question_model(form=form, position=position, **asked._asdict())
            for position, asked in enumerate(questions, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_forms")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
