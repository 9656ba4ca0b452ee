import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("cases", "0005_known_codes"),
        ("outcomes", "0001_initial"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "completed",
                            "completed_varied",
                            "declined_at_contact",
                            "ended_harmed",
                            "ended_responsible",
                            "indirect",
                            "new_matter",
                            "no_agreement",
                            "no_contact_possible",
                            "not_completed",
                            "not_suitable",
                            "part_completed",
                            "transferred",
                        ],
                    )
                ),
                name="outcomes_closure_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="outcomes_closure_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="news",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("told_on__lte", django.db.models.expressions.CombinedExpression(models.F("at"), "+", models.Value(datetime.timedelta(days=1))))
                ),
                name="news_was_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="news",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("way__in", ["in_person", "letter", "not_reached", "not_wanted", "voice"])), name="outcomes_news_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="news",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="outcomes_news_at_has_come",
            ),
        ),
    ]
