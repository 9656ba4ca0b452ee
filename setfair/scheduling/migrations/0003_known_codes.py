import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("cases", "0005_known_codes"),
        ("programmes", "0004_known_codes"),
        ("scheduling", "0002_despite"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="timeanswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("answer__in", ["if_needed", "no", "yes"])), name="scheduling_timeanswer_answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="timeanswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="scheduling_timeanswer_at_has_come",
            ),
        ),
    ]
