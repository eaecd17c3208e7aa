
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
        ('reviewers', '0002_search_by_name'),
        ('reviews', '0004_find_who_has_been'),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wish', models.CharField(blank=True, choices=[('ready', 'I am ready'), ('shadow', 'I would like to watch a visit first'), ('buddy', 'I would like somebody beside me'), ('talk', 'I would like to talk about it first'), ('not now', 'Not now')], max_length=7)),
                ('not_before', models.DateField(blank=True, help_text='When “not now” ends; empty: until they tell us.', null=True)),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('said_how', models.CharField(blank=True, choices=[('online', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], max_length=6)),
                ('asked_at', models.DateTimeField(blank=True, help_text='The last gentle ask.', null=True)),
                ('debriefed_on', models.DateField(blank=True, null=True)),
                ('agreed', models.CharField(blank=True, help_text='What was agreed for the next visit.', max_length=500)),
                ('buddy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='buddy_of', to='reviewers.reviewer')),
                ('reviewer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='first_visit', to='reviewers.reviewer')),
                ('staff_buddy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='buddy_of', to='organisation.staffmember')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('wish__in', ['', 'ready', 'shadow', 'buddy', 'talk', 'not now'])), name='reviews_first_visit_wish'), models.CheckConstraint(condition=models.Q(('not_before__isnull', True), ('wish', 'not now'), _connector='OR'), name='reviews_first_visit_not_before'), models.CheckConstraint(condition=models.Q(models.Q(('said_at__isnull', True), ('said_how', ''), ('wish', '')), models.Q(models.Q(('wish', ''), _negated=True), ('said_at__isnull', False), ('said_how__in', ['online', 'phone', 'paper'])), _connector='OR'), name='reviews_first_visit_said'), models.CheckConstraint(condition=models.Q(('buddy__isnull', True), ('staff_buddy__isnull', True), _connector='OR'), name='reviews_first_visit_one_buddy'), models.CheckConstraint(condition=models.Q(('buddy__isnull', True), models.Q(('buddy', models.F('reviewer')), _negated=True), _connector='OR'), name='reviews_first_visit_buddy_is_another')],
            },
        ),
    ]
