from django.db import migrations, models


class Migration(migrations.Migration):
    """How far the search for a time looks, counted in weeks in which anything is open."""

    dependencies = [("programmes", "0033_rests")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="search_weeks",
            field=models.PositiveSmallIntegerField(db_default=6, default=6, verbose_name="weeks in which a time is searched for"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(("search_weeks__range", (1, 26))), name="programme_searches"),
        ),
    ]
