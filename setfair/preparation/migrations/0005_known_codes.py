import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("cases", "0005_known_codes"),
        ("preparation", "0004_lookup_indexes"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_acknowledgement_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("scope__in", ["notes", "outcome", "survey", "take_part"])), name="preparation_consent_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("answer__in", ["no", "unsure", "withdrawn", "yes"])), name="preparation_consent_answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("method__in", ["own", "paper", "said"])), name="preparation_consent_method_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_consent_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_invitation_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("held_on__lte", django.db.models.expressions.CombinedExpression(models.F("at"), "+", models.Value(datetime.timedelta(days=1))))
                ),
                name="meeting_was_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("support__in", ["found", "none", "wanted"])), name="preparation_meeting_support_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_meeting_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="noguardian",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("reason__in", ["decides", "nobody", "not_safe", "of_age", "office"])), name="preparation_noguardian_reason_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="noguardian",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_noguardian_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_override_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetycheck",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("level__in", ["high", "low", "medium"])), name="preparation_safetycheck_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetycheck",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_safetycheck_at_has_come",
            ),
        ),
    ]
