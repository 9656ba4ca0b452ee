import datetime
import uuid
from importlib import import_module

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import KeyOfCase, SameCase

# As in 0020, but for what was set aside.
BEFORE = import_module("setfair.cases.migrations.0020_close").APART.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
KNOWN = "SELECT FROM cases_acquaintance\n            WHERE programme_id = NEW.programme_id"
AFTER = BEFORE.replace(
    KNOWN,
    "SELECT FROM cases_acquaintance k WHERE NOT EXISTS (\n"
    "                SELECT FROM cases_setaside s WHERE s.programme_id = k.programme_id AND s.acquaintance_id = k.id\n"
    "            ) AND programme_id = NEW.programme_id",
)


class Migration(migrations.Migration):
    """That two know each other counts no more, once whoever runs the case has said why."""

    dependencies = [
        ("cases", "0022_stepped_out"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="acquaintance",
            name="acquaintance_once",
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("mistake", "we were told that it was a mistake"),
                            ("little", "they know each other by sight alone"),
                            ("asked", "everyone was asked without a name, and nobody minds"),
                        ],
                        max_length=7,
                        verbose_name="why",
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                (
                    "acquaintance",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="set_aside", to="cases.acquaintance"),
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
                    models.UniqueConstraint(fields=("programme", "acquaintance"), name="set_aside_once"),
                    setfair.core.records.Kept(condition=models.Q(("why__in", ["asked", "little", "mistake"])), name="cases_setaside_why_known"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="cases_setaside_at_has_come",
                    ),
                ],
            },
        ),
        KeyOfCase("acquaintance"),
        BuildWalls(append_only=["setaside"]),
        SameCase("setaside", "acquaintance"),
        migrations.RunSQL(AFTER, BEFORE),
    ]
