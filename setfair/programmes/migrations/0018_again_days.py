from django.db import migrations, models


class Migration(migrations.Migration):
    """In how many days before a booked day everyone is asked once more."""

    dependencies = [("programmes", "0017_alarm")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="again_days",
            field=models.PositiveSmallIntegerField(db_default=7, default=7, verbose_name="days before the day in which people are asked once more"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(("again_days__range", (2, 30))), name="programme_asks_anew"),
        ),
    ]
