from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0007_feed'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='may_be_remote',
            field=models.BooleanField(db_default=False, default=False, verbose_name='an LXR may take part remotely'),
        ),
        migrations.AddField(
            model_name='review',
            name='site_asks',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='what the site asks of this visit'),
        ),
        migrations.AddField(
            model_name='review',
            name='staff_wanted',
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='staff wanted beside the lead'),
        ),
    ]
