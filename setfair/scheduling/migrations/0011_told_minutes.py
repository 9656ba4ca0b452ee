from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0010_turnaround"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="early_harmed",
            field=models.PositiveSmallIntegerField(db_default=15, default=15),
        ),
        migrations.AddField(
            model_name="booking",
            name="early_others",
            field=models.PositiveSmallIntegerField(db_default=10, default=10),
        ),
        migrations.AddField(
            model_name="booking",
            name="early_responsible",
            field=models.PositiveSmallIntegerField(db_default=5, default=5),
        ),
        migrations.AddField(
            model_name="booking",
            name="early_team",
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
    ]
