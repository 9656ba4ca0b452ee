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


class Migration(migrations.Migration):
    """That a request waits for the word of a supervisor is a fact, so that Today can say so."""

    dependencies = [
        ("programmes", "0005_offer"),
        ("referrals", "0006_known_codes_of_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Halt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
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
                ("referral", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="halts", to="referrals.referral")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="referrals_halt_at_has_come",
                    )
                ],
            },
        ),
        BuildWalls(append_only=["halt"]),
    ]
