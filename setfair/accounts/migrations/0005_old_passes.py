from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Who has passes to be dropped: the worker belongs to no programme until it knows in which there is something to do."""

    dependencies = [("accounts", "0004_link_sent_to")]

    operations = [
        Definer(
            "passes_old()",
            "TABLE (programme_id uuid)",
            "SELECT DISTINCT programme_id FROM accounts_pass "
            "WHERE least(revoked_at, CASE WHEN kind = 'link' THEN least(spent_at, expires_at) END) < statement_timestamp() - interval '7 days'",
        ),
    ]
