import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0002_time_to_answer'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('why', models.CharField(blank=True, max_length=120)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='organisation.service')),
            ],
            options={
                'ordering': ['first_on', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='organisation_block_ends_after_it_begins'),
                    models.UniqueConstraint(fields=('service', 'first_on', 'last_on'), name='organisation_block_once'),
                ],
            },
        ),
        migrations.AddField(
            model_name='service',
            name='closed_on',
            field=models.DateField(blank=True, help_text='The first day on which it can no longer be visited.', null=True),
        ),
        migrations.AddField(
            model_name='trustsettings',
            name='most_visits_a_week',
            field=models.PositiveSmallIntegerField(db_default=3, default=3, verbose_name='visits in one week that are not too many'),
        ),
        migrations.AddField(
            model_name='trustsettings',
            name='review_every_months',
            field=models.PositiveSmallIntegerField(db_default=12, default=12, verbose_name='months from one review of a service to the next'),
        ),
        migrations.AddConstraint(
            model_name='trustsettings',
            constraint=models.CheckConstraint(condition=models.Q(('most_visits_a_week__gte', 1), ('review_every_months__gte', 1)), name='organisation_settings_programme'),
        ),
    ]
