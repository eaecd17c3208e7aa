import django.db.models.deletion
import encryption.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=150, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('about_id', models.BigIntegerField(help_text='What it is about; its kind says what.', null=True)),
                ('recipient_kind', models.CharField(choices=[('reviewer', 'Lived Experience Reviewer'), ('staff', 'Staff'), ('contact', 'Service contact'), ('user', 'User')], max_length=10)),
                ('recipient_id', models.BigIntegerField()),
                ('recipient_name', models.CharField(max_length=150)),
                ('channel', models.CharField(choices=[('email', 'Email'), ('text', 'Text message'), ('phone', 'Phone call'), ('post', 'Post')], max_length=5)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, help_text='Why it does not go the way the person likes.', max_length=100)),
                ('subject', models.CharField(blank=True, max_length=150)),
                ('body', encryption.fields.EncryptedTextField(blank=True)),
                ('is_secret', models.BooleanField(default=False, help_text='The body is erased once it has been sent.')),
                ('is_urgent', models.BooleanField(default=False, help_text='Sent at once, at any hour.')),
                ('queued_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('too_late_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('dropped', 'Not needed any more')], default='waiting', max_length=8)),
                ('claim', models.UUIDField(blank=True, help_text='Which delivery holds it.', null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(blank=True, help_text='Who posted the letter or made the call.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-queued_at', '-id'],
                'indexes': [models.Index(fields=['state', 'is_urgent', 'due_at'], name='notifications_message_due'), models.Index(fields=['-queued_at', '-id'], name='notifications_message_newest'), models.Index(fields=['recipient_kind', 'recipient_id', '-queued_at'], name='notifications_message_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'claimed', 'sent', 'failed', 'dropped'])), name='notifications_message_state'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='notifications_message_sent_at'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('lease_until__isnull', False), ('state', 'claimed')), models.Q(models.Q(('state', 'claimed'), _negated=True), ('claim__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='notifications_message_claim'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text', 'phone', 'post'])), name='notifications_message_channel')],
            },
        ),
    ]
