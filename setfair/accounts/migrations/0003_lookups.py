from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """A code or link is typed before we know in which programme: its keyed digest leads to ids and to nothing else."""

    dependencies = [("accounts", "0002_initial")]

    operations = [
        Definer(
            "pass_by_digest(wanted bytea)",
            "TABLE (programme_id uuid, pass_id uuid)",
            "SELECT programme_id, id FROM accounts_pass WHERE digest = wanted AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > statement_timestamp())",
        ),
    ]
