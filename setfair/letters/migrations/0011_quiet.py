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
    """That no more messages go to a number, whoever has it and whoever said so."""

    dependencies = [
        ("letters", "0010_uncertain"),
        ("programmes", "0010_two_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quiet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mark", models.BinaryField(max_length=32)),
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
            ],
            options={
                "indexes": [models.Index(fields=["programme", "mark"], name="quiet_mark")],
            },
        ),
        migrations.AddConstraint(
            model_name="quiet",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="letters_quiet_at_has_come",
            ),
        ),
        BuildWalls(append_only=("quiet",)),
    ]
