
import django.db.models.deletion
import training.models.said
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('reviewers', '0002_search_by_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('workshop', 'Workshop: makes a person trained'), ('staff', 'Staff training: makes a person trained'), ('refresher', 'Refresher: keeps a trained person in date')], max_length=10)),
                ('lasts_months', models.PositiveSmallIntegerField(blank=True, help_text='How long it keeps a person in date; empty: for good.', null=True)),
                ('about', models.TextField(blank=True, max_length=2000)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['workshop', 'staff', 'refresher'])), name='training_course_kind'), models.CheckConstraint(condition=models.Q(('lasts_months__isnull', True), ('lasts_months__gte', 1), _connector='OR'), name='training_course_lasts')],
            },
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('about', models.CharField(choices=[('course', 'A course'), ('questions', 'The questions we ask on visits')], max_length=9)),
                ('stage', models.CharField(choices=[('planned', 'Plan'), ('doing', 'Do'), ('studying', 'Study'), ('acted', 'Act')], default='planned', max_length=8)),
                ('idea', models.TextField(help_text='The change to try.', max_length=3000)),
                ('prediction', models.TextField(max_length=3000)),
                ('measure', models.TextField(help_text='How we will know.', max_length=3000)),
                ('planned_on', models.DateField()),
                ('what_happened', models.TextField(blank=True, max_length=5000)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('learnt', models.TextField(blank=True, max_length=5000)),
                ('summary', models.TextField(blank=True, help_text='What attendees said together, as they agreed it.', max_length=5000)),
                ('summary_agreed_on', models.DateField(blank=True, null=True)),
                ('summary_agreed_by', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('studied_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('adopt', 'Adopt: keep the change as it is'), ('adapt', 'Adapt: keep it, and change it further'), ('abandon', 'Abandon: do not keep it')], max_length=7)),
                ('decision', models.TextField(blank=True, max_length=5000)),
                ('acted_on', models.DateField(blank=True, null=True)),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='training.course')),
                ('lxr_owners', models.ManyToManyField(blank=True, related_name='cycles', to='reviewers.reviewer')),
                ('staff_owners', models.ManyToManyField(blank=True, related_name='cycles', to='organisation.staffmember')),
            ],
            options={
                'ordering': ['-planned_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CourseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('made_on', models.DateField()),
                ('what_changed', models.TextField(max_length=5000)),
                ('why', models.TextField(blank=True, max_length=5000)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='training.course')),
                ('cycle', models.ForeignKey(blank=True, help_text='The tested change that it came from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='training.cycle')),
            ],
            options={
                'ordering': ['course', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('ends_at', models.TimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('workshop', 'Workshop'), ('pilot', 'Pilot workshop'), ('staff', 'Staff training'), ('refresher', 'Refresher')], max_length=10)),
                ('counts_until', models.DateField(blank=True, help_text='The last day it keeps a person in date, as its course says; empty: for good.', null=True)),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('venue_access', models.TextField(blank=True, max_length=2000)),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('booking_opens_on', models.DateField(blank=True, help_text='From this day people who are ready may book themselves; empty: they may not.', null=True)),
                ('is_cancelled', models.BooleanField(default=False, help_text='It counts nowhere.')),
                ('cancelled_why', models.CharField(blank=True, max_length=500)),
                ('co_facilitators', models.ManyToManyField(blank=True, related_name='sessions_co_facilitated', to='reviewers.reviewer')),
                ('staff_facilitators', models.ManyToManyField(blank=True, related_name='sessions', to='organisation.staffmember')),
                ('version', models.ForeignKey(blank=True, help_text='What was delivered; empty where the spreadsheet did not say.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.courseversion')),
            ],
            options={
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Said',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said_on', models.DateField()),
                ('support', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('pace', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('usefulness', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comment', models.TextField(blank=True, max_length=3000)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='said', to='training.session')),
            ],
            options={
                'verbose_name_plural': 'said',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='RoomLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(default=training.models.said.new_nonce, max_length=43)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='room_link', to='training.session')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('invited', 'Invited'), ('booked', 'Booked'), ('waiting', 'On the waiting list'), ('attended', 'Attended'), ('did not attend', 'Did not attend'), ('declined', 'Can’t come'), ('expired', 'No answer in time'), ('cancelled', 'Cancelled')], default='booked', max_length=15)),
                ('booked_at', models.DateTimeField(help_text='When they were invited, booked or began to wait.')),
                ('answer_by', models.DateField(blank=True, help_text='The last day an invitation holds the place.', null=True)),
                ('how', models.CharField(blank=True, choices=[('online', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], help_text='How they answered us.', max_length=10)),
                ('walk_in_why', models.CharField(blank=True, help_text='Why somebody without a place was there.', max_length=300)),
                ('corrected_why', models.CharField(blank=True, help_text='Why what was recorded of the day was changed.', max_length=300)),
                ('followed_up_on', models.DateField(blank=True, help_text='When somebody got in touch after they did not come.', null=True)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='reviewers.reviewer')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='training.session')),
            ],
            options={
                'ordering': ['booked_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='cycle',
            name='sessions',
            field=models.ManyToManyField(blank=True, related_name='cycles', to='training.session'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.UniqueConstraint(fields=('cycle',), name='training_course_version_of_cycle'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.UniqueConstraint(fields=('course', 'number'), name='training_course_version_once'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='training_course_version_from_one'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['-held_on', '-id'], name='training_session_by_day'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['workshop', 'pilot', 'staff', 'refresher'])), name='training_session_kind'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), models.Q(('ends_at__gt', models.F('starts_at')), ('starts_at__isnull', False)), _connector='OR'), name='training_session_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_why', ''), ('is_cancelled', False)), models.Q(models.Q(('is_cancelled', True)), models.Q(('cancelled_why', ''), _negated=True)), _connector='OR'), name='training_session_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='said',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('support__isnull', True), ('support__lte', 10), _connector='OR'), models.Q(('pace__isnull', True), ('pace__lte', 10), _connector='OR'), models.Q(('usefulness__isnull', True), ('usefulness__lte', 10), _connector='OR')), name='training_said_ratings_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='said',
            constraint=models.CheckConstraint(condition=models.Q(('support__isnull', False), ('pace__isnull', False), ('usefulness__isnull', False), models.Q(('comment', ''), _negated=True), _connector='OR'), name='training_said_something'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['reviewer', 'outcome'], name='training_place_person'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('session', 'reviewer'), name='training_place_once'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['invited', 'booked', 'waiting', 'attended', 'did not attend', 'declined', 'expired', 'cancelled'])), name='training_place_outcome'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'invited'), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='training_place_invited_until'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['', 'online', 'phone', 'paper'])), name='training_place_how'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('followed_up_on__isnull', True), ('outcome', 'did not attend'), _connector='OR'), name='training_place_follow_up_of_no_show'),
        ),
        migrations.AddIndex(
            model_name='cycle',
            index=models.Index(fields=['stage', '-planned_on', '-id'], name='training_cycle_board'),
        ),
        migrations.AddIndex(
            model_name='cycle',
            index=models.Index(fields=['-planned_on', '-id'], name='training_cycle_by_day'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'course'), ('course__isnull', False)), models.Q(('about', 'questions'), ('course__isnull', True)), _connector='OR'), name='training_cycle_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acted_on', None), ('done_on', None), ('stage', 'planned'), ('studied_on', None)), models.Q(('acted_on', None), ('done_on__isnull', False), ('stage', 'doing'), ('studied_on', None)), models.Q(('acted_on', None), ('done_on__isnull', False), ('stage', 'studying'), ('studied_on__isnull', False)), models.Q(('acted_on__isnull', False), ('stage', 'acted')), _connector='OR'), name='training_cycle_dates_of_its_stage'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('stage', 'acted')), models.Q(('decision', ''), _negated=True), ('outcome__in', ['adopt', 'adapt']), ('studied_on__isnull', False)), models.Q(models.Q(('outcome', 'abandon'), ('stage', 'acted')), models.Q(('decision', ''), _negated=True)), models.Q(models.Q(('stage', 'acted'), _negated=True), ('decision', ''), ('outcome', '')), _connector='OR'), name='training_cycle_acted_says_what'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', True), ('done_on__gte', models.F('planned_on')), _connector='OR'), models.Q(('studied_on__isnull', True), ('studied_on__gte', models.F('done_on')), _connector='OR'), models.Q(('acted_on__isnull', True), ('acted_on__gte', models.F('planned_on')), _connector='OR'), models.Q(('acted_on__isnull', True), ('studied_on__isnull', True), ('acted_on__gte', models.F('studied_on')), _connector='OR')), name='training_cycle_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), ('summary_agreed_by__isnull', True), ('summary_agreed_on__isnull', True)), models.Q(models.Q(('summary', ''), _negated=True), ('summary_agreed_by__gte', 1), ('summary_agreed_on__isnull', False)), _connector='OR'), name='training_cycle_summary_is_agreed'),
        ),
    ]
