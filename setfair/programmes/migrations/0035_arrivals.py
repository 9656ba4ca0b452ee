from django.db import migrations, models

EARLY = {
    "early_harmed": (15, "minutes before the start, for the person harmed and theirs"),
    "early_responsible": (5, "minutes before the start, for the one responsible and theirs"),
    "early_others": (10, "minutes before the start, for everybody else"),
    "early_team": (30, "minutes before the start, for those who hold it"),
}


class Migration(migrations.Migration):
    """How long before the start each is asked to come, and how long a room stays free between two meetings. Rooms there are keep what they had: none."""

    dependencies = [("programmes", "0034_search_weeks")]

    operations = [
        *(
            migrations.AddField(
                model_name="programme",
                name=name,
                field=models.PositiveSmallIntegerField(db_default=minutes, default=minutes, verbose_name=words),
            )
            for name, (minutes, words) in EARLY.items()
        ),
        migrations.AddField(
            model_name="room",
            name="turnaround",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="minutes between two meetings"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(**{f"{name}__lte": 120 for name in EARLY}), name="programme_arrivals"),
        ),
        migrations.AddConstraint(
            model_name="room", constraint=models.CheckConstraint(condition=models.Q(("turnaround__lte", 120)), name="room_turnaround")
        ),
    ]
