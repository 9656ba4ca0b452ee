from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_team_of_a_line"),
    ]

    operations = [
        migrations.AlterField(
            model_name="line",
            name="team",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
