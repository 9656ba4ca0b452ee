from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Before anyone is signed in: which programme an address or a membership belongs to. Ids only."""

    dependencies = [("programmes", "0001_initial")]

    operations = [
        Definer("programme_by_slug(wanted text)", "uuid", "SELECT id FROM programmes_programme WHERE slug = wanted"),
        Definer(
            "memberships_of(who uuid)",
            "TABLE (programme_id uuid, role text)",
            "SELECT programme_id, role::text FROM programmes_membership WHERE user_id = who AND ended_at IS NULL",
        ),
        Definer("programmes_here()", "TABLE (programme_id uuid)", "SELECT id FROM programmes_programme ORDER BY opened_at"),
    ]
