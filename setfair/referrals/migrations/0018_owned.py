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
    """Whether a request came from the office whose address it names is a fact, said by whoever reads that address."""

    dependencies = [
        ("programmes", "0022_slips_twice"),
        ("referrals", "0017_matters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Owned",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_ours", models.BooleanField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
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
                ("referral", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="owned", to="referrals.referral")),
            ],
            options={
                "indexes": [models.Index(fields=["programme", "referral", "-at"], name="owned_of_request")],
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
                        name="referrals_owned_at_has_come",
                    )
                ],
            },
        ),
        BuildWalls(append_only=["owned"]),
    ]
