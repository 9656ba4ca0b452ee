from django.db import migrations, models

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Whoever comes with the code of something that is over is told so, and not that their code is wrong; for that such a code is kept."""

    dependencies = [("accounts", "0006_lookup_indexes")]

    operations = [
        migrations.AddField(model_name="pass", name="over", field=models.BooleanField(db_default=False, default=False)),
        Definer(
            "pass_over_by_digest(wanted bytea)",
            "TABLE (programme_id uuid, pass_id uuid)",
            "SELECT programme_id, id FROM accounts_pass WHERE digest = wanted AND over",
        ),
        Definer(
            "passes_old()",
            "TABLE (programme_id uuid)",
            "SELECT DISTINCT programme_id FROM accounts_pass WHERE NOT over "
            "AND least(revoked_at, CASE WHEN kind = 'link' THEN least(spent_at, expires_at) END) < statement_timestamp() - interval '7 days'",
        ),
    ]
