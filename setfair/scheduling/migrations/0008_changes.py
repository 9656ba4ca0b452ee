import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """By whose wish a time was moved or called off, and who cannot come any more."""

    dependencies = [
        ("cases", "0019_agree_apart"),
        ("programmes", "0026_reasons"),
        ("scheduling", "0007_offers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("harmed", "person harmed"),
                            ("responsible", "person responsible"),
                            ("programme", "the programme"),
                            ("venue", "whoever has the room"),
                            ("other", "somebody else, or nobody"),
                        ],
                        max_length=11,
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                (
                    "became",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scheduling.booking"),
                ),
                (
                    "booking",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="scheduling.booking"),
                ),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "booking"), name="change_of_booking"),
                    models.CheckConstraint(
                        condition=models.Q(("became__isnull", True), models.Q(("became", models.F("booking")), _negated=True), _connector="OR"),
                        name="change_to_another",
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(("wish__in", ["harmed", "other", "programme", "responsible", "venue"])),
                        name="scheduling_change_wish_known",
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="scheduling_change_at_has_come",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoLonger",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "word",
                    models.CharField(
                        choices=[("cannot", "I cannot come then"), ("can", "I can come"), ("without", "goes on without them")], max_length=7
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("own", "on their own page"),
                            ("phone", "on the phone"),
                            ("said", "face to face"),
                            ("paper", "on paper"),
                            ("team", "decided by the team"),
                        ],
                        max_length=5,
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                (
                    "booking",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="no_longer", to="scheduling.booking"),
                ),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="no_longer", to="cases.participation"),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("how", "own"), _negated=True), ("by", models.F("participation")), _connector="OR"),
                        name="no_longer_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "team"), ("word", "without")),
                            models.Q(models.Q(("word", "without"), _negated=True), models.Q(("how", "team"), _negated=True)),
                            _connector="OR",
                        ),
                        name="no_longer_team",
                    ),
                    setfair.core.records.Kept(condition=models.Q(("word__in", ["can", "cannot", "without"])), name="scheduling_nolonger_word_known"),
                    setfair.core.records.Kept(
                        condition=models.Q(("how__in", ["own", "paper", "phone", "said", "team"])), name="scheduling_nolonger_how_known"
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="scheduling_nolonger_at_has_come",
                    ),
                ],
            },
        ),
        BuildWalls(append_only=("change", "nolonger")),
        SameCase("change", "booking", "became"),
        SameCase("nolonger", "booking", "participation"),
    ]
