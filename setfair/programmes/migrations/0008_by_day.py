import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """No message goes to people at night."""

    dependencies = [
        ("programmes", "0007_signin"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="letters_from",
            field=models.TimeField(default=datetime.time(8, 0), verbose_name="messages leave from"),
        ),
        migrations.AddField(
            model_name="programme",
            name="letters_until",
            field=models.TimeField(default=datetime.time(20, 0), verbose_name="messages leave until"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(condition=models.Q(("letters_until__gt", models.F("letters_from"))), name="programme_letters_by_day"),
        ),
    ]
