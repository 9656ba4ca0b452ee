from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """The last code of a closed case is kept for a year, and then swept like the others."""

    dependencies = [("accounts", "0009_pass_of_case")]

    operations = [
        Definer(
            "passes_old()",
            "TABLE (programme_id uuid)",
            "SELECT DISTINCT programme_id FROM accounts_pass WHERE CASE WHEN over THEN revoked_at < statement_timestamp() - interval '365 days' "
            "ELSE least(revoked_at, CASE WHEN kind = 'link' THEN least(spent_at, expires_at) END) < statement_timestamp() - interval '7 days' END",
        ),
    ]
