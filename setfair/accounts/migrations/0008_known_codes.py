from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("accounts", "0007_over"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pass",
            constraint=setfair.core.records.Kept(condition=models.Q(("kind__in", ["code", "link"])), name="accounts_pass_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("bearer__in", ["participation", "referral"])), name="accounts_pass_bearer_known"
            ),
        ),
    ]
