from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("cases", "0005_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "case",
            start=("preparing",),
            steps={
                "preparing": ("ready", "closed"),
                "ready": ("preparing", "scheduled", "closed"),
                "scheduled": ("preparing", "ready", "convened", "closed"),
                "convened": ("preparing", "ready", "following_up", "closed"),
                "following_up": ("preparing", "closed"),
                "closed": (),
            },
        ),
    ]
