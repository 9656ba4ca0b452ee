from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Which programmes an account belonged to once, or was asked to join. Ids only."""

    dependencies = [("programmes", "0012_elsewhere")]

    operations = [
        Definer(
            "once_in(who uuid)",
            "TABLE (programme_id uuid)",
            "SELECT programme_id FROM programmes_membership WHERE user_id = who UNION SELECT programme_id FROM programmes_offer WHERE user_id = who",
        ),
    ]
