import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """In which browser a second step was set up."""

    dependencies = [
        ("accounts", "0012_devices"),
    ]

    operations = [
        migrations.AddField(
            model_name="browser",
            name="set_up",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
    ]
