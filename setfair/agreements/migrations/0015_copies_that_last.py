import datetime
import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls, Definer
from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """Each person's own copy of what holds, under the programme's seal."""

    dependencies = [
        ("agreements", "0014_sign_any_way"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0036_phases"),
        ("seals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastingCopy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=10)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("file", setfair.vault.fields.SealedBytes(of="case_id")),
                ("undrawn", setfair.vault.fields.SealedText(of="case_id")),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                (
                    "agreement",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="agreements.agreement"),
                ),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "participation",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="lastingcopy",
            name="seal",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seals.sealkey"),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=models.UniqueConstraint(fields=("programme", "agreement", "participation"), name="lasting_copy_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("seal__isnull", True)),
                    models.Q(models.Q(("digest", ""), _negated=True), ("seal__isnull", False)),
                    _connector="OR",
                ),
                name="lasting_copy_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_lastingcopy_at_has_come",
            ),
        ),
        Definer(
            "copies_due(most integer)",
            "TABLE (programme_id uuid, agreement_id uuid)",
            """
            SELECT a.programme_id, a.id FROM agreements_agreement a
            JOIN seals_sealkey k ON k.programme_id = a.programme_id AND k.ended_at IS NULL
            WHERE a.stage = 'in_force' AND NOT EXISTS (
                SELECT FROM agreements_lastingcopy c
                WHERE c.programme_id = a.programme_id AND c.agreement_id = a.id AND c.participation_id IS NULL)
            LIMIT most
            """,
        ),
        BuildWalls(append_only=("lastingcopy",)),
        SameCase("lastingcopy", "agreement", "participation"),
    ]
