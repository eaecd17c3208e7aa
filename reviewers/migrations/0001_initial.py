import django.db.models.deletion
import encryption.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('service user', 'Service user'), ('carer', 'Carer'), ('both', 'Service user and carer')], max_length=12)),
                ('consented_at', models.DateTimeField(blank=True, null=True)),
                ('consent_how', models.CharField(blank=True, choices=[('online', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], max_length=10)),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='organisation.directorate')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('first_name', models.CharField(max_length=80)),
                ('last_name', models.CharField(max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('preferred_contact', models.CharField(choices=[('email', 'Email'), ('text', 'Text message'), ('phone', 'Phone call'), ('post', 'Post')], default='email', max_length=5)),
                ('emergency_name', encryption.fields.EncryptedTextField(blank=True, help_text='Whom to ring in an emergency.')),
                ('emergency_phone', encryption.fields.EncryptedTextField(blank=True)),
                ('source', models.CharField(blank=True, choices=[('involvement team', 'The involvement team'), ('service', 'A service'), ('word of mouth', 'Word of mouth'), ('themselves', 'They told us they are interested')], help_text='How they came to us.', max_length=20)),
                ('joined_on', models.DateField()),
                ('stage', models.CharField(choices=[('enquiry', 'Enquiry'), ('interview', 'Interview'), ('checks', 'Checks'), ('training', 'Training'), ('active', 'Active'), ('paused', 'Paused'), ('left', 'Left')], default='enquiry', max_length=10)),
                ('stage_since', models.DateField()),
                ('paused_until', models.DateField(blank=True, null=True)),
                ('experience', models.CharField(blank=True, choices=[('service user', 'Service user'), ('carer', 'Carer'), ('both', 'Service user and carer')], max_length=12)),
                ('access_needs', encryption.fields.EncryptedTextField(blank=True)),
                ('role_description_signed_on', models.DateField(blank=True, null=True)),
                ('signed_version', models.PositiveSmallIntegerField(default=1, help_text='The version they signed on that day; 1 is the one on paper.')),
                ('available_weekdays', models.PositiveSmallIntegerField(default=127)),
                ('visits_a_month', models.PositiveSmallIntegerField(default=2)),
                ('first_visit_anywhere', models.BooleanField(default=False, help_text='Asked for a first visit to any service, or as the only LXR.')),
                ('experience_of', models.ManyToManyField(blank=True, related_name='reviewers', through='reviewers.Experience', to='organisation.directorate')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviewer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['last_name', 'first_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, help_text='Where, or how to join.', max_length=200)),
                ('interviewers', models.CharField(help_text='Who talks with them.', max_length=200)),
                ('outcome', models.CharField(choices=[('planned', 'It is still to come'), ('go on', 'They go on to checks and training'), ('thinking', 'They want to think about it'), ('not now', 'Not now'), ('did not meet', 'We did not meet, or it is called off')], default='planned', max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='reviewers.reviewer')),
            ],
            options={
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='experience',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='reviewers.reviewer'),
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='organisation.service')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='reviewers.reviewer')),
            ],
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, help_text='Of the form: sent twice, it is one enquiry.', unique=True)),
                ('name', encryption.fields.EncryptedTextField()),
                ('contact', encryption.fields.EncryptedTextField(help_text='One way to reach them: email, phone or address.')),
                ('needs', encryption.fields.EncryptedTextField(blank=True)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('open', 'Waiting for us'), ('added', 'Added as a person'), ('closed', 'Closed')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enquiries', to='reviewers.reviewer')),
            ],
            options={
                'verbose_name_plural': 'enquiries',
                'ordering': ['received_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AccessNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('large print', 'Large print'), ('easy read', 'Easy Read'), ('bsl', 'British Sign Language (BSL)'), ('step-free', 'Step-free access'), ('breaks', 'Breaks'), ('companion', 'A companion'), ('other', 'Something else')], max_length=20)),
                ('is_shared', models.BooleanField(default=False, help_text='The person agreed that the visit lead and facilitators know.')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='reviewers.reviewer')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RoleDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('words', models.TextField()),
                ('what_changed', models.TextField(blank=True)),
                ('published_at', models.DateTimeField()),
                ('needed_from', models.DateField(help_text='Who goes on a visit on this day or later must have signed this version.')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='RoleSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('signed_on', models.DateField()),
                ('how', models.CharField(choices=[('online', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], max_length=10)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_signatures', to='reviewers.reviewer')),
            ],
            options={
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='StageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_stage', models.CharField(blank=True, choices=[('enquiry', 'Enquiry'), ('interview', 'Interview'), ('checks', 'Checks'), ('training', 'Training'), ('active', 'Active'), ('paused', 'Paused'), ('left', 'Left')], max_length=10)),
                ('to_stage', models.CharField(choices=[('enquiry', 'Enquiry'), ('interview', 'Interview'), ('checks', 'Checks'), ('training', 'Training'), ('active', 'Active'), ('paused', 'Paused'), ('left', 'Left')], max_length=10)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('leaving_reason', models.CharField(blank=True, choices=[('no time', 'They have less time now'), ('not for them', 'The role is not for them'), ('took too long', 'It took too long'), ('well-being', 'Their health or well-being'), ('moved away', 'They moved away'), ('something else', 'Something else'), ('not said', 'They prefer not to say')], max_length=20)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_changes', to='reviewers.reviewer')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TimeAway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times_away', to='reviewers.reviewer')),
            ],
            options={
                'verbose_name_plural': 'times away',
                'ordering': ['starts_on'],
            },
        ),
        migrations.AddIndex(
            model_name='reviewer',
            index=models.Index(fields=['last_name', 'first_name', 'id'], name='reviewers_by_name'),
        ),
        migrations.AddIndex(
            model_name='reviewer',
            index=models.Index(fields=['stage', 'last_name', 'first_name', 'id'], name='reviewers_by_stage'),
        ),
        migrations.AddIndex(
            model_name='reviewer',
            index=models.Index(fields=['stage_since', 'id'], name='reviewers_by_wait'),
        ),
        migrations.AddIndex(
            model_name='reviewer',
            index=models.Index(fields=['stage', 'stage_since', 'id'], name='reviewers_by_stage_wait'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['enquiry', 'interview', 'checks', 'training', 'active', 'paused', 'left'])), name='reviewers_reviewer_stage'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('available_weekdays__lte', 127)), name='reviewers_reviewer_weekdays'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('visits_a_month__gte', 1), ('visits_a_month__lte', 31)), name='reviewers_reviewer_visits_a_month'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('paused_until__isnull', True), ('stage', 'paused'), _connector='OR'), name='reviewers_reviewer_paused_until'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), ('source__in', ['involvement team', 'service', 'word of mouth', 'themselves']), _connector='OR'), name='reviewers_reviewer_source'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('signed_version__gte', 1)), name='reviewers_reviewer_signed_version'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('reviewer', 'held_on'), name='reviewers_interview_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['planned', 'go on', 'thinking', 'not now', 'did not meet'])), name='reviewers_interview_outcome'),
        ),
        migrations.AddConstraint(
            model_name='experience',
            constraint=models.UniqueConstraint(fields=('reviewer', 'directorate'), name='reviewers_experience_once'),
        ),
        migrations.AddConstraint(
            model_name='experience',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent_how', ''), ('consented_at__isnull', True)), models.Q(('consent_how__in', ['online', 'phone', 'paper']), ('consented_at__isnull', False)), _connector='OR'), name='reviewers_experience_consent_pair'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.UniqueConstraint(fields=('reviewer', 'service'), name='reviewers_exclusion_once'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['outcome', 'received_at', 'id'], name='reviewers_enquiries_waiting'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', 'open')), models.Q(('closed_at__isnull', False), ('outcome__in', ['added', 'closed'])), _connector='OR'), name='reviewers_enquiry_closed_at'),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.UniqueConstraint(fields=('reviewer', 'kind'), name='reviewers_need_once'),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['large print', 'easy read', 'bsl', 'step-free', 'breaks', 'companion', 'other'])), name='reviewers_need_kind'),
        ),
        migrations.AddConstraint(
            model_name='roledescription',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='reviewers_description_number'),
        ),
        migrations.AddConstraint(
            model_name='rolesignature',
            constraint=models.UniqueConstraint(fields=('reviewer', 'version'), name='reviewers_signature_once'),
        ),
        migrations.AddConstraint(
            model_name='rolesignature',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['online', 'phone', 'paper']), ('version__gte', 1)), name='reviewers_signature_version'),
        ),
        migrations.AddConstraint(
            model_name='stagechange',
            constraint=models.CheckConstraint(condition=models.Q(('leaving_reason', ''), models.Q(('leaving_reason__in', ['no time', 'not for them', 'took too long', 'well-being', 'moved away', 'something else', 'not said']), ('to_stage', 'left')), _connector='OR'), name='reviewers_change_leaving_reason'),
        ),
        migrations.AddConstraint(
            model_name='stagechange',
            constraint=models.CheckConstraint(condition=models.Q(('from_stage', models.F('to_stage')), _negated=True), name='reviewers_change_moves'),
        ),
        migrations.AddConstraint(
            model_name='timeaway',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='reviewers_away_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='timeaway',
            constraint=models.UniqueConstraint(fields=('reviewer', 'starts_on', 'ends_on'), name='reviewers_away_once'),
        ),
    ]
