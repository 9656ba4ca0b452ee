from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """What is agreed without a meeting goes from ready to follow-up."""

    dependencies = [("cases", "0018_reasons")]

    operations = [
        Steps(
            "case",
            start=("preparing",),
            steps={
                "preparing": ("ready", "closed"),
                "ready": ("preparing", "scheduled", "following_up", "closed"),
                "scheduled": ("preparing", "ready", "convened", "closed"),
                "convened": ("preparing", "ready", "following_up", "closed"),
                "following_up": ("preparing", "closed"),
                "closed": (),
            },
        ),
    ]
