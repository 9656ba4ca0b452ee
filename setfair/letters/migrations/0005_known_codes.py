import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("letters", "0004_lookup_indexes"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="handing",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="letters_handing_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["due", "failed", "handed", "held", "printed", "sent", "withdrawn"])),
                name="letters_letter_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=setfair.core.records.Kept(condition=models.Q(("channel__in", ["email", "paper", "sms"])), name="letters_letter_channel_known"),
        ),
    ]
