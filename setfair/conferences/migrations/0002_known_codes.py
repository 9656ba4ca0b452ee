import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("cases", "0005_known_codes"),
        ("conferences", "0001_initial"),
        ("programmes", "0004_known_codes"),
        ("scheduling", "0003_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="attendance",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="conferences_attendance_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["adjourned", "cancelled", "concluded", "live", "planned"])),
                name="conferences_conference_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageturn",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="conferences_pageturn_at_has_come",
            ),
        ),
    ]
