"""The old answers go. An asking keeps no day of its answer: it would say whose is whose."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0005_move_answers"),
    ]

    operations = [
        migrations.DeleteModel(name='Answer'),
        migrations.RenameModel(old_name='KeyedAnswer', new_name='Answer'),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['review', 'audience'], name='feedback_answer_review'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['-received_on', '-key'], name='feedback_answer_by_day'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['audience', 'received_on', 'review'], name='feedback_answer_lately'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'lxr'), ('author__isnull', False), ('impact__isnull', True)), models.Q(('audience__in', ['team', 'quality']), ('author__isnull', True), ('support_after_visit__isnull', True), ('support_in_training__isnull', True), ('support_on_visit__isnull', True)), _connector='OR'), name='feedback_answer_ratings_of_audience'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('impact__isnull', True), ('impact__lte', 10), _connector='OR'), models.Q(('support_in_training__isnull', True), ('support_in_training__lte', 10), _connector='OR'), models.Q(('support_on_visit__isnull', True), ('support_on_visit__lte', 10), _connector='OR'), models.Q(('support_after_visit__isnull', True), ('support_after_visit__lte', 10), _connector='OR')), name='feedback_answer_ratings_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('quote_as__in', ['role', 'anonymous', 'no'])), name='feedback_answer_quote_as'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('review', 'author'), name='feedback_answer_once'),
        ),
        migrations.RemoveIndex(model_name='asking', name='feedback_asking_open'),
        migrations.RemoveField(model_name='asking', name='answered_on'),
        migrations.AddIndex(
            model_name='asking',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['asked_at', 'id'], name='feedback_asking_open'),
        ),
        migrations.AddConstraint(
            model_name='asking',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered', 'declined', 'revoked'])), name='feedback_asking_state'),
        ),
    ]
