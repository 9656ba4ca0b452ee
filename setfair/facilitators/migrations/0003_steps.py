from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("facilitators", "0002_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "facilitator",
            start=("nominated", "training", "certified"),
            steps={
                "nominated": ("training", "left"),
                "training": ("certified", "left"),
                "certified": ("lapsed", "left"),
                "lapsed": ("certified", "left"),
                "left": (),
            },
        ),
    ]
