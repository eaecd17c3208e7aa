import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The new table takes the place of the old one."""

    dependencies = [("training", "0005_said_moves")]

    operations = [
        migrations.DeleteModel(name="Said"),
        migrations.RenameModel(old_name="SaidAnew", new_name="Said"),
        migrations.AlterField(
            model_name="said",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="said",
                to="training.session",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("attended__isnull", True),
                        ("closed_at__isnull", True),
                        ("read_with__isnull", True),
                    ),
                    models.Q(("attended__isnull", False), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="training_roomlink_read_once_closed",
            ),
        ),
    ]
