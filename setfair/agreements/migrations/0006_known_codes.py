import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("agreements", "0005_lookup_indexes"),
        ("cases", "0005_known_codes"),
        ("conferences", "0002_known_codes"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="agreement",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["drafting", "ended", "in_force", "signing", "superseded"])), name="agreements_agreement_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=setfair.core.records.Kept(condition=models.Q(("kind__in", ["unwilling", "wrong"])), name="agreements_concern_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_concern_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_evidence_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_extension_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["kept", "missed", "partly", "promised", "replaced", "verified", "waived"])),
                name="agreements_item_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("method__in", ["own", "paper", "tablet"])), name="agreements_signature_method_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_signature_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="signer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_signer_at_has_come",
            ),
        ),
    ]
