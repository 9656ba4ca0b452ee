from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("referrals", "0004_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "referral",
            start=("received",),
            steps={
                "received": ("accepted", "declined", "withdrawn"),
                "accepted": (),
                "declined": (),
                "withdrawn": (),
            },
        ),
    ]
