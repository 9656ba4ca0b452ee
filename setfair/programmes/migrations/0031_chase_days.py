from django.db import migrations, models


class Migration(migrations.Migration):
    """How long it is quiet after each word to somebody who has not said when they could come."""

    dependencies = [("programmes", "0030_bells")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="chase_days",
            field=models.PositiveSmallIntegerField(
                db_default=3, default=3, verbose_name="days until whoever has not said when they could come is reminded"
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(("chase_days__range", (1, 14))), name="programme_chases"),
        ),
    ]
