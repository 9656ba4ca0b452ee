import django.contrib.postgres.fields
from django.db import migrations, models

import setfair.programmes.models.programme


class Migration(migrations.Migration):
    """On which days before the day people are reminded."""

    dependencies = [("programmes", "0027_calendar_of_days")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="remind_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                blank=True,
                default=setfair.programmes.models.programme.some_days_before,
                size=None,
                verbose_name="days before the day on which people are reminded",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(("remind_days__contained_by", list(range(1, 15)))), name="programme_reminds"),
        ),
    ]
