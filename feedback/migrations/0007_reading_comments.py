import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0006_answers_have_moved'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='remark',
            name='passed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='remark',
            name='passed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='passed_to',
            field=models.CharField(blank=True, choices=[('safeguarding', 'Safeguarding'), ('complaints', 'Complaints'), ('speaking up', 'Freedom to speak up')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='remark',
            name='quote_words',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='remark',
            name='read_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='remark',
            name='read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('is_retired', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='feedback_theme_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='feedback_theme_has_name')],
            },
        ),
        migrations.AddField(
            model_name='remark',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='remarks', to='feedback.theme'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_at__isnull', True), ('passed_by__isnull', True), ('passed_to', '')), models.Q(('passed_at__isnull', False), ('passed_to__in', ['safeguarding', 'complaints', 'speaking up'])), _connector='OR'), name='feedback_remark_passed_at'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('read_at__isnull', False), ('read_by__isnull', True), _connector='OR'), name='feedback_remark_read_at'),
        ),
    ]
