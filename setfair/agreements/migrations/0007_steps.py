from django.db import migrations

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A stage changes along the journey, and with a line in the journal."""

    dependencies = [("agreements", "0006_known_codes"), ("journal", "0003_steps")]

    operations = [
        Steps(
            "agreement",
            start=("drafting",),
            steps={
                "drafting": ("signing", "ended"),
                "signing": ("drafting", "in_force", "ended"),
                "in_force": ("superseded", "ended"),
                "superseded": (),
                "ended": (),
            },
        ),
        Steps(
            "item",
            start=("promised",),
            steps={
                "promised": ("kept", "partly", "missed", "waived", "replaced"),
                "kept": ("promised", "missed", "verified"),
                "partly": ("kept", "missed", "waived", "verified"),
                "missed": ("promised", "kept", "partly", "waived", "replaced"),
                "waived": (),
                "replaced": (),
                "verified": (),
            },
        ),
    ]
