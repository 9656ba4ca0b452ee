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
    """What came back is a fact; a letter is found by what an answer says it answers, before any programme is known: ids and nothing else."""

    dependencies = [
        ("letters", "0007_gate"),
        ("programmes", "0009_glance"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner_id", models.UUIDField()),
                ("reader_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                ("channel", models.CharField(choices=[("email", "email"), ("sms", "text message"), ("paper", "on paper")], max_length=6)),
                (
                    "kind",
                    models.CharField(
                        choices=[("answer", "an answer"), ("stop", "no more messages there"), ("wrong", "the wrong number or person")], max_length=6
                    ),
                ),
                ("words", setfair.vault.fields.SealedText(of="owner_id")),
                ("sender", setfair.vault.fields.SealedText(of="owner_id")),
                ("from_elsewhere", models.BooleanField(default=False)),
                ("left_out", models.PositiveSmallIntegerField(default=0)),
                ("mark", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                (
                    "letter",
                    setfair.core.records.Within(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="came_back", to="letters.letter"
                    ),
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
        migrations.CreateModel(
            name="CameBackRead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "came_back",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="letters.cameback"),
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
        migrations.AddIndex(
            model_name="cameback",
            index=models.Index(fields=["programme", "case_id", "at"], name="came_back_of_case"),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=models.UniqueConstraint(fields=("programme", "mark"), name="came_back_once"),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("channel__in", ["email", "paper", "sms"])), name="letters_cameback_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=setfair.core.records.Kept(condition=models.Q(("kind__in", ["answer", "stop", "wrong"])), name="letters_cameback_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="letters_cameback_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="camebackread",
            constraint=models.UniqueConstraint(fields=("programme", "came_back"), name="came_back_read_once"),
        ),
        migrations.AddConstraint(
            model_name="camebackread",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="letters_camebackread_at_has_come",
            ),
        ),
        Steps(
            "letter",
            start=("held", "due"),
            steps={
                "held": ("due", "withdrawn"),
                "due": ("held", "printed", "failed", "sent", "withdrawn"),
                "printed": ("handed", "withdrawn"),
                "failed": ("due", "handed", "withdrawn"),
                "sent": ("failed",),
                "handed": (),
                "withdrawn": (),
            },
        ),
        Definer(
            "letters_written(wanted uuid[])",
            "TABLE (programme_id uuid, letter_id uuid)",
            "SELECT programme_id, id FROM letters_letter WHERE id = ANY(wanted) AND stage = 'sent' ORDER BY array_position(wanted, id) LIMIT 1",
        ),
        BuildWalls(append_only=("cameback", "camebackread")),
    ]
