"""Answers under a random key, each comment a row of its own; beside the old table for now."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0003_first_forms"),
        ("reviewers", "0002_search_by_name"),
        ("reviews", "0004_find_who_has_been"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyedAnswer',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('lxr', 'Lived Experience Reviewer'), ('team', 'Reviewed service'), ('quality', 'Quality team')], max_length=7)),
                ('impact', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10)])),
                ('support_in_training', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10)])),
                ('support_on_visit', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10)])),
                ('support_after_visit', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10)])),
                ('quote_as', models.CharField(choices=[('role', 'By role'), ('anonymous', 'Anonymously'), ('no', 'Not at all')], default='no', max_length=9)),
                ('quote_changed_on', models.DateField(blank=True, null=True)),
                ('withdrawal_digest', models.CharField(blank=True, help_text='Of the secret with which its author can withdraw the permission to quote.', max_length=64, null=True, unique=True)),
                ('received_on', models.DateField()),
                ('how', models.CharField(choices=[('online', 'Online'), ('phone', 'By phone'), ('paper', 'On paper'), ('imported', 'Imported')], default='online', max_length=8)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='reviewers.reviewer')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='reviews.review')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='feedback.feedbackform')),
            ],
            options={
                'ordering': ['-received_on', '-key'],
            },
        ),
        migrations.CreateModel(
            name='ExtraRating',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('value', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)])),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extra_ratings', to='feedback.keyedanswer')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='feedback.formquestion')),
            ],
            options={
                'ordering': ['answer', 'key'],
                'constraints': [
                    models.UniqueConstraint(fields=('answer', 'question'), name='feedback_rating_once'),
                    models.CheckConstraint(condition=models.Q(('value__lte', 10)), name='feedback_rating_to_ten'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='feedback.keyedanswer')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='feedback.formquestion')),
            ],
            options={
                'ordering': ['answer', 'key'],
                'constraints': [
                    models.UniqueConstraint(fields=('answer', 'question'), name='feedback_remark_once'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='feedback_remark_says_something'),
                    models.CheckConstraint(condition=models.Q(('approved_at__isnull', False), ('approved_by__isnull', True), _connector='OR'), name='feedback_remark_approved_at'),
                ],
            },
        ),
        migrations.AddField(
            model_name='asking',
            name='state',
            field=models.CharField(choices=[('open', 'Waiting for an answer'), ('answered', 'Answered'), ('declined', 'Does not want to answer'), ('revoked', 'Link taken back')], db_default='open', default='open', max_length=8),
        ),
        migrations.AddField(
            model_name='asking',
            name='nonce',
            field=models.CharField(blank=True, db_default='', default='', help_text='What the secret of its link is derived from.', max_length=43),
        ),
    ]
