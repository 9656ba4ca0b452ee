from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """What somebody wants to have with a booked time: a file for a calendar, nothing, or a card."""

    dependencies = [
        ("people", "0016_way_in_custody"),
        ("programmes", "0032_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="times_as",
            field=models.CharField(
                choices=[
                    ("file", "a file for a calendar"),
                    ("plain", "no file for a calendar"),
                    ("card", "no file, and a small card on paper"),
                ],
                db_default="file",
                default="file",
                max_length=5,
                verbose_name="what comes with a booked time",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("times_as__in", ["card", "file", "plain"])), name="people_person_times_as_known"
            ),
        ),
    ]
