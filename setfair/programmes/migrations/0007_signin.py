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
    """Who signs in with a second step is the programme's to say; who helped somebody back in is a fact."""

    dependencies = [
        ("programmes", "0006_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepReset",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Vouch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="programme",
            name="second_step",
            field=models.CharField(
                choices=[
                    ("running", "those who coordinate, supervise or administer"),
                    ("staff", "they and the facilitators"),
                    ("everyone", "everyone, student facilitators too"),
                ],
                db_default="running",
                default="running",
                max_length=9,
                verbose_name="who signs in with a second step",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("second_step__in", ["everyone", "running", "staff"])), name="programmes_programme_second_step_known"
            ),
        ),
        migrations.AddField(
            model_name="stepreset",
            name="programme",
            field=models.ForeignKey(
                default=setfair.core.tenant.current,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="vouch",
            name="programme",
            field=models.ForeignKey(
                default=setfair.core.tenant.current,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepreset",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="programmes_stepreset_at_has_come",
            ),
        ),
        migrations.AddIndex(
            model_name="vouch",
            index=models.Index(fields=["programme", "account_id", "-at"], name="vouch_latest"),
        ),
        migrations.AddConstraint(
            model_name="vouch",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="programmes_vouch_at_has_come",
            ),
        ),
        BuildWalls(append_only=("vouch", "stepreset")),
    ]
