from django.db import migrations, models


class Migration(migrations.Migration):
    """A request rests for the same reasons as a case."""

    dependencies = [
        ("programmes", "0032_waits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ownreason",
            name="step",
            field=models.CharField(
                choices=[("no", "a request does not go ahead"), ("rest", "a request or a case rests"), ("end", "a case ends")],
                max_length=4,
                verbose_name="where it is used",
            ),
        ),
    ]
