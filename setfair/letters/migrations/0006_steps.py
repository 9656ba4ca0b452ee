from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("letters", "0005_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "letter",
            start=("held", "due"),
            steps={
                "held": ("due", "withdrawn"),
                "due": ("printed", "failed", "sent", "withdrawn"),
                "printed": ("handed", "withdrawn"),
                "failed": ("due", "withdrawn"),
                "sent": (),
                "handed": (),
                "withdrawn": (),
            },
        ),
    ]
