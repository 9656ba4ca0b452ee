import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls, Definer
from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """Files that come with a request, and their bytes; the worker finds what waits to be looked at again."""

    initial = True

    dependencies = [
        ("journal", "0003_steps"),
        ("programmes", "0025_takes_files"),
        ("referrals", "0017_matters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "Paper (PDF)"), ("jpeg", "Picture"), ("png", "Picture (PNG)"), ("text", "Plain text")], max_length=4
                    ),
                ),
                ("extent", models.CharField(blank=True, max_length=12)),
                ("size", models.PositiveIntegerField()),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                (
                    "stage",
                    models.CharField(
                        choices=[("unchecked", "not checked for harm"), ("kept", "kept"), ("laid", "laid to the case"), ("gone", "taken away")],
                        max_length=9,
                    ),
                ),
                ("words", setfair.vault.fields.SealedText(of="referral_id")),
                ("came", models.BinaryField(max_length=32)),
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
                (
                    "referral",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="enclosures", to="referrals.referral"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("data", setfair.vault.fields.SealedBytes(of="referral_id")),
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
                ("referral", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="referrals.referral")),
                (
                    "enclosure",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="contents", to="enclosures.enclosure"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0), ("size__lte", 12582912)), name="enclosure_of_a_size"),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "gone"), _negated=True), fields=("programme", "referral", "came"), name="enclosure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["jpeg", "pdf", "png", "text"])), name="enclosures_enclosure_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["gone", "kept", "laid", "unchecked"])), name="enclosures_enclosure_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="enclosures_enclosure_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="content",
            constraint=models.UniqueConstraint(fields=("programme", "enclosure"), name="enclosed_content_once"),
        ),
        Definer(
            "enclosures_waiting(most integer)",
            "TABLE (programme_id uuid, enclosure_id uuid)",
            "SELECT programme_id, id FROM enclosures_enclosure WHERE stage = 'unchecked' ORDER BY at LIMIT most",
        ),
        BuildWalls("enclosure", "content"),
        Steps(
            "enclosure",
            start=("unchecked", "kept"),
            steps={"unchecked": ("kept", "laid", "gone"), "kept": ("laid", "gone"), "laid": (), "gone": ()},
        ),
        migrations.RunSQL("ALTER TABLE enclosures_content ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop),
    ]
