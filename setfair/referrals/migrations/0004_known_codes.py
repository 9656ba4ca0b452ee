import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("programmes", "0004_known_codes"),
        ("referrals", "0003_answers"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="addition",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="referrals_addition_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["accepted", "declined", "received", "withdrawn"])), name="referrals_referral_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "source__in",
                        [
                            "affected",
                            "attorney",
                            "defender",
                            "judge",
                            "leader",
                            "other",
                            "parent",
                            "police",
                            "probation",
                            "self_harmed",
                            "self_responsible",
                            "staff",
                            "team",
                        ],
                    )
                ),
                name="referrals_referral_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("others_know__in", ["", "no", "some", "unsure", "yes"])), name="referrals_referral_others_know_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("wish__in", ["conference", "talk", "unsure"])), name="referrals_referral_wish_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "legal_stage__in",
                        ["", "custody", "diversion", "other", "post_plea", "pre_charge", "pre_plea", "reentry", "school", "sentenced"],
                    )
                ),
                name="referrals_referral_legal_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "duplicate",
                            "no_contact_order",
                            "no_responsibility",
                            "not_eligible",
                            "not_safe",
                            "not_suitable",
                            "other_path",
                            "specialist",
                        ],
                    )
                ),
                name="referrals_screening_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="referrals_screening_at_has_come",
            ),
        ),
    ]
