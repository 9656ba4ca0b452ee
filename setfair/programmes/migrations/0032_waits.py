from django.db import migrations, models


class Migration(migrations.Migration):
    """Where those wait who come apart."""

    dependencies = [
        ("programmes", "0031_chase_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="waits",
            field=models.CharField(blank=True, db_default="", default="", max_length=400, verbose_name="where each of them waits"),
        ),
    ]
