
import django.db.models.deletion
import encryption.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('reviewers', '0002_search_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DBSCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced'), ('enhanced with barred lists', 'Enhanced with barred lists')], max_length=30)),
                ('workforce', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child'), ('adult and child', 'Adult and child'), ('other', 'Other')], default='adult', max_length=20)),
                ('asked_on', models.DateField(blank=True, help_text='When the person was asked to come to an ID check.', null=True)),
                ('id_check_at', models.DateTimeField(blank=True, null=True)),
                ('id_check_how', models.CharField(blank=True, choices=[('in person', 'In person'), ('video', 'By video call'), ('post office', 'At a post office')], max_length=20)),
                ('id_check_place', models.CharField(blank=True, max_length=200)),
                ('documents_seen', models.JSONField(blank=True, default=list, help_text='Kinds, never numbers.')),
                ('identity_seen_on', models.DateField(blank=True, null=True)),
                ('applied_on', models.DateField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, help_text='When somebody last asked how the application gets on.', null=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('reference_number', encryption.fields.EncryptedTextField(blank=True)),
                ('result', models.CharField(choices=[('awaiting', 'Awaiting'), ('clear', 'Blank certificate'), ('disclosure', 'Disclosure')], default='awaiting', max_length=10)),
                ('renewal_due_on', models.DateField(blank=True, null=True)),
                ('update_consent_on', models.DateField(blank=True, help_text='When the person agreed to Update Service status checks.', null=True)),
                ('status_checked_on', models.DateField(blank=True, null=True)),
                ('status_result', models.CharField(blank=True, choices=[('current', 'Nothing has changed'), ('changed', 'Something has changed')], max_length=10)),
                ('status_due_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('identity_seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dbs_checks', to='reviewers.reviewer')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('applied_on'), descending=True, nulls_first=True), '-id'],
            },
        ),
        migrations.CreateModel(
            name='RiskAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=1, help_text='Goes up with every change: a form shown for an older one is refused.')),
                ('document_reference', encryption.fields.EncryptedTextField(blank=True, help_text='Where HR keeps the document.')),
                ('decision', models.CharField(choices=[('awaiting', 'Waiting for a decision'), ('approved', 'Approved'), ('approved with conditions', 'Approved with conditions'), ('not approved', 'Not approved')], default='awaiting', max_length=30)),
                ('opened_on', models.DateField()),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('approved_until', models.DateField(blank=True, help_text='The last day on which the approval counts; empty: no end.', null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('is_in_force', models.BooleanField(default=False, help_text='Decided, and approved by a second person or imported as history.')),
                ('replaced_at', models.DateTimeField(blank=True, help_text='When the decision of a later round took its place.', null=True)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, help_text='When an officer told the person, and how to ask again.', null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_made', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='checks.dbscheck')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-round'],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('not_setting', models.CharField(blank=True, choices=[('community', 'Community'), ('inpatient', 'Inpatient'), ('secure', 'Secure'), ('prison', 'Prison')], max_length=10)),
                ('accompanied_only', models.BooleanField(default=False, help_text='Only where somebody of the trust is on the team as well.')),
                ('until', models.DateField(blank=True, null=True)),
                ('words', encryption.fields.EncryptedTextField(blank=True, help_text='How they are accompanied, say.')),
                ('not_directorate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='organisation.directorate')),
                ('not_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='organisation.service')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='checks.riskassessment')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SiteClearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.CharField(choices=[('in progress', 'In progress'), ('cleared', 'Cleared'), ('escorted only', 'Escorted only'), ('not at this site for now', 'Not at this site for now')], default='in progress', max_length=30)),
                ('decided_by', models.CharField(blank=True, help_text='HMPPS, governor or site.', max_length=80)),
                ('applied_on', models.DateField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, help_text='When an officer told the person what the site decided.', null=True)),
                ('version', models.PositiveIntegerField(default=1, help_text='Goes up with every change: a form shown for an older one is refused.')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='reviewers.reviewer')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='organisation.site')),
            ],
        ),
        migrations.CreateModel(
            name='ClearanceTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_on', models.DateField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='organisation.siteformitem')),
                ('clearance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='checks.siteclearance')),
            ],
            options={
                'ordering': ['item__place', 'item_id'],
            },
        ),
        migrations.AddIndex(
            model_name='dbscheck',
            index=models.Index(fields=['renewal_due_on'], name='checks_dbs_renewal'),
        ),
        migrations.AddIndex(
            model_name='dbscheck',
            index=models.Index(fields=['status_due_on'], name='checks_dbs_status_due'),
        ),
        migrations.AddIndex(
            model_name='dbscheck',
            index=models.Index(condition=models.Q(('result', 'awaiting'), ('withdrawn_on__isnull', True)), fields=['applied_on', 'id'], name='checks_dbs_waiting'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['basic', 'standard', 'enhanced', 'enhanced with barred lists'])), name='checks_dbs_level'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('workforce__in', ['adult', 'child', 'adult and child', 'other'])), name='checks_dbs_workforce'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_on__isnull', True), ('result', 'awaiting')), models.Q(('issued_on__isnull', False), ('result__in', ['clear', 'disclosure'])), _connector='OR'), name='checks_dbs_result_with_issue'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), models.Q(('applied_on__isnull', False), ('issued_on__gte', models.F('applied_on'))), _connector='OR'), name='checks_dbs_issued_after_applied'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('asked_on__isnull', False), ('applied_on__isnull', False), _connector='OR'), name='checks_dbs_begun'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('asked_on__isnull', True), ('applied_on__isnull', True), ('applied_on__gte', models.F('asked_on')), _connector='OR'), name='checks_dbs_applied_after_asked'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('issued_on__isnull', True), _connector='OR'), name='checks_dbs_withdrawn_before_issue'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(('identity_seen_by__isnull', True), ('identity_seen_on__isnull', False), _connector='OR'), name='checks_dbs_seen_by_and_on'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status_checked_on__isnull', True), ('status_result', '')), models.Q(('issued_on__isnull', False), ('status_checked_on__isnull', False), ('status_result__in', ['current', 'changed']), ('update_consent_on__isnull', False)), _connector='OR'), name='checks_dbs_status_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.UniqueConstraint(fields=('reviewer', 'level', 'applied_on'), name='checks_dbs_once'),
        ),
        migrations.AddConstraint(
            model_name='dbscheck',
            constraint=models.UniqueConstraint(condition=models.Q(('applied_on__isnull', True), ('withdrawn_on__isnull', True)), fields=('reviewer', 'level'), name='checks_dbs_asked_once'),
        ),
        migrations.AddIndex(
            model_name='riskassessment',
            index=models.Index(fields=['decision', 'opened_on', 'id'], name='checks_assessment_waiting'),
        ),
        migrations.AddIndex(
            model_name='riskassessment',
            index=models.Index(fields=['review_on'], name='checks_assessment_review'),
        ),
        migrations.AddIndex(
            model_name='riskassessment',
            index=models.Index(fields=['approved_until'], name='checks_assessment_until'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['awaiting', 'approved', 'approved with conditions', 'not approved'])), name='checks_assessment_decision'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decision', 'awaiting'), ('is_in_force', False)), models.Q(models.Q(('decision', 'awaiting'), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='checks_assessment_decided_on'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('decided_by__isnull', True), models.Q(('approved_by', models.F('decided_by')), _negated=True), _connector='OR'), name='checks_assessment_two_people'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='checks_assessment_approved_pair'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(('approved_until__isnull', True), models.Q(('approved_until__gte', models.F('decided_on')), ('decision__in', ['approved', 'approved with conditions'])), _connector='OR'), name='checks_assessment_approved_until'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('is_in_force', False), _connector='OR'), name='checks_assessment_replaced'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.UniqueConstraint(fields=('check_made', 'round'), name='checks_assessment_round_once'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_in_force', True)), fields=('check_made',), name='checks_assessment_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='riskassessment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_in_force', False), ('replaced_at__isnull', True)), fields=('check_made',), name='checks_assessment_one_open'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accompanied_only', False), ('not_directorate__isnull', True), ('not_service__isnull', False), ('not_setting', '')), models.Q(('accompanied_only', False), ('not_directorate__isnull', False), ('not_service__isnull', True), ('not_setting', '')), models.Q(('accompanied_only', False), ('not_directorate__isnull', True), ('not_service__isnull', True), ('not_setting__in', ['community', 'inpatient', 'secure', 'prison'])), models.Q(('accompanied_only', True), ('not_directorate__isnull', True), ('not_service__isnull', True), ('not_setting', '')), _connector='OR'), name='checks_condition_names_one'),
        ),
        migrations.AddIndex(
            model_name='siteclearance',
            index=models.Index(fields=['rung', 'applied_on', 'id'], name='checks_clearance_waiting'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.UniqueConstraint(fields=('reviewer', 'site'), name='checks_clearance_once'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.CheckConstraint(condition=models.Q(('rung__in', ['in progress', 'cleared', 'escorted only', 'not at this site for now'])), name='checks_clearance_rung'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.CheckConstraint(condition=models.Q(('rung', 'in progress'), ('decided_on__isnull', False), _connector='OR'), name='checks_clearance_decided_on'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.CheckConstraint(condition=models.Q(('applied_on__isnull', True), ('decided_on__isnull', True), ('decided_on__gte', models.F('applied_on')), _connector='OR'), name='checks_clearance_decided_after_applied'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.CheckConstraint(condition=models.Q(('reminded_on__isnull', True), models.Q(('applied_on__isnull', False), ('reminded_on__gte', models.F('applied_on'))), _connector='OR'), name='checks_clearance_reminded_after_applied'),
        ),
        migrations.AddConstraint(
            model_name='siteclearance',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('decided_on__isnull', False), ('told_on__gte', models.F('decided_on'))), _connector='OR'), name='checks_clearance_told_after_decided'),
        ),
        migrations.AddConstraint(
            model_name='clearancetick',
            constraint=models.UniqueConstraint(fields=('clearance', 'item'), name='checks_tick_once'),
        ),
    ]
