import datetime
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Directorate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RoleVariant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('activity', models.TextField(blank=True, help_text='What the LXR does, and whom they meet.')),
                ('level', models.CharField(choices=[('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced'), ('enhanced with barred lists', 'Enhanced with barred lists')], max_length=30)),
                ('workforce', models.CharField(choices=[('adult', 'Adult'), ('child', 'Child'), ('adult and child', 'Adult and child'), ('other', 'Other')], default='adult', max_length=20)),
                ('legal_basis', models.TextField(blank=True)),
                ('is_regulated_activity', models.BooleanField(default=False, help_text='Only then may a check look at the barred lists.')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['basic', 'standard', 'enhanced', 'enhanced with barred lists'])), name='organisation_variant_level'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'enhanced with barred lists'), _negated=True), ('is_regulated_activity', True), _connector='OR'), name='organisation_variant_barred_lists')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('asks', models.CharField(choices=[('none', 'Nothing beyond DBS'), ('vetting', 'Prison vetting'), ('own form', "The site's own form")], default='none', max_length=10)),
                ('takes_escorted', models.BooleanField(default=False, verbose_name='takes escorted visits')),
                ('escort_arranged_by', models.CharField(blank=True, max_length=120)),
                ('notice_days', models.PositiveSmallIntegerField(default=0, verbose_name='days of notice for the gate list')),
                ('identity_needed', models.CharField(blank=True, max_length=200)),
                ('phones_allowed', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('asks__in', ['none', 'vetting', 'own form'])), name='organisation_site_asks')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('setting', models.CharField(choices=[('community', 'Community'), ('inpatient', 'Inpatient'), ('secure', 'Secure'), ('prison', 'Prison')], max_length=10)),
                ('directorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='organisation.directorate')),
                ('role_variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='organisation.rolevariant')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='organisation.site')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SiteFormItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=200)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_items', to='organisation.site')),
            ],
            options={
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='staff_member', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='TrustSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_name', models.CharField(default='the quality team', max_length=120)),
                ('telephone', models.CharField(default='020 7946 0100', max_length=30)),
                ('mailbox', models.EmailField(default='quality.team@trust.example.org', max_length=254)),
                ('sending_on_since', models.DateTimeField(blank=True, help_text='Messages fall due from here on; empty: none is sent.', null=True)),
                ('send_from', models.TimeField(default=datetime.time(8, 0))),
                ('send_until', models.TimeField(default=datetime.time(20, 0))),
                ('renewal_months', models.PositiveSmallIntegerField(default=36, verbose_name='DBS renewal interval, in months')),
                ('renewal_blocks_from', models.DateField(blank=True, help_text='From this day a check past its renewal day no longer counts; empty: it does.', null=True)),
                ('status_check_months', models.PositiveSmallIntegerField(default=12, verbose_name='months between status checks with the Update Service')),
                ('feedback_link_days', models.PositiveSmallIntegerField(default=60)),
                ('outcome_kept_months', models.PositiveSmallIntegerField(default=6, verbose_name="months a check's reference number and outcome are kept after the decision")),
                ('safeguarding_line', models.CharField(default='the safeguarding team on 020 7946 0111', max_length=200)),
                ('crisis_line', models.CharField(default='NHS 111, and choose option 2', max_length=200)),
                ('enquiries_open', models.BooleanField(default=False, help_text='Anyone can tell you they are interested, without signing in.')),
            ],
            options={
                'verbose_name_plural': 'trust settings',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='organisation_settings_one_row'), models.CheckConstraint(condition=models.Q(('send_from__lt', models.F('send_until'))), name='organisation_settings_hours'), models.CheckConstraint(condition=models.Q(('feedback_link_days__gte', 1)), name='organisation_settings_link_days')],
            },
        ),
        migrations.CreateModel(
            name='ServiceContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('is_active', models.BooleanField(default=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='organisation.service')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('service', 'name'), name='organisation_contact_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('setting__in', ['community', 'inpatient', 'secure', 'prison'])), name='organisation_service_setting'),
        ),
        migrations.AddConstraint(
            model_name='siteformitem',
            constraint=models.UniqueConstraint(fields=('site', 'words'), name='organisation_form_item_once'),
        ),
        migrations.AddConstraint(
            model_name='siteformitem',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='organisation_form_item_says_what'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='organisation_staff_name'),
        ),
    ]
