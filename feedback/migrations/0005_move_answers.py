"""Move every answer to its random key; its comment becomes a row, and so does who approved it."""

from django.db import migrations

BATCH = 1000
RATINGS = ("impact", "support_in_training", "support_on_visit", "support_after_visit")


def move(apps, schema_editor):
    db = schema_editor.connection.alias
    old, new = apps.get_model("feedback", "Answer"), apps.get_model("feedback", "KeyedAnswer")
    remark = apps.get_model("feedback", "Remark")
    form = apps.get_model("feedback", "FeedbackForm")
    first = {each.audience: each for each in form.objects.using(db).filter(number=1)}
    asks_for_words = {
        audience: each.questions.get(kind="text") for audience, each in first.items()
    }
    answers, remarks = [], []

    def write():
        new.objects.using(db).bulk_create(answers)
        remark.objects.using(db).bulk_create(remarks)
        answers.clear()
        remarks.clear()

    # In no order: nothing shall tell in which they came
    for before in old.objects.using(db).order_by("?").iterator(BATCH):
        after = new(
            form=first[before.audience],
            review_id=before.review_id,
            audience=before.audience,
            author_id=before.author_id,
            quote_as="anonymous" if before.may_quote else "no",
            received_on=before.received_on,
            how=before.how,
            **{name: getattr(before, name) for name in RATINGS},
        )
        answers.append(after)
        if before.comment:
            remarks.append(
                remark(
                    answer=after,
                    question=asks_for_words[before.audience],
                    text=before.comment,
                    approved_at=before.approved_at,
                    approved_by_id=before.approved_by_id if before.approved_at else None,
                )
            )
        if len(answers) == BATCH:
            write()
    write()


def say_state(apps, schema_editor):
    asking = apps.get_model("feedback", "Asking").objects.using(schema_editor.connection.alias)
    asking.filter(answered_on__isnull=False).update(state="answered")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_answers_by_key")]

    operations = [
        migrations.RunPython(move),
        migrations.RunPython(say_state, migrations.RunPython.noop),
    ]
