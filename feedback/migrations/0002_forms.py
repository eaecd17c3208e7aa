"""What is asked, version by version."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedbackForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('lxr', 'Lived Experience Reviewer'), ('team', 'Reviewed service'), ('quality', 'Quality team')], max_length=7)),
                ('number', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['audience', '-number'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('audience__in', ['lxr', 'team', 'quality'])), name='feedback_form_audience'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='feedback_form_from_one'),
                    models.UniqueConstraint(fields=('audience', 'number'), name='feedback_form_once'),
                    models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('audience',), name='feedback_form_one_draft'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('impact', 'Impact, 0 to 10'), ('support_in_training', 'Support in training, 0 to 10'), ('support_on_visit', 'Support on the visit, 0 to 10'), ('support_after_visit', 'Support after the visit, 0 to 10'), ('rating', 'A rating, 0 to 10'), ('text', 'Their own words')], max_length=20)),
                ('words', models.CharField(max_length=300)),
                ('help', models.CharField(blank=True, max_length=300)),
                ('low', models.CharField(blank=True, max_length=60)),
                ('middle', models.CharField(blank=True, max_length=60)),
                ('high', models.CharField(blank=True, max_length=60)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='feedback.feedbackform')),
            ],
            options={
                'ordering': ['form', 'position'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['impact', 'support_in_training', 'support_on_visit', 'support_after_visit', 'rating', 'text'])), name='feedback_question_kind'),
                    models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='feedback_question_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('high', ''), ('kind', 'text'), ('low', ''), ('middle', '')), models.Q(models.Q(('kind', 'text'), _negated=True), models.Q(('low', ''), _negated=True), models.Q(('middle', ''), _negated=True), models.Q(('high', ''), _negated=True)), _connector='OR'), name='feedback_question_labels'),
                    models.UniqueConstraint(fields=('form', 'position'), name='feedback_question_position'),
                    models.UniqueConstraint(condition=models.Q(('kind__in', ['rating', 'text']), _negated=True), fields=('form', 'kind'), name='feedback_question_fixed_once'),
                ],
            },
        ),
    ]
