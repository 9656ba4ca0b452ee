from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("conferences", "0002_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "conference",
            start=("planned",),
            steps={
                "planned": ("live", "cancelled"),
                "live": ("concluded", "adjourned", "cancelled"),
                "concluded": (),
                "adjourned": (),
                "cancelled": (),
            },
        ),
    ]
