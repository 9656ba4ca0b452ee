import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls


class Migration(migrations.Migration):
    """Bell schedules, and windows that move with them."""

    dependencies = [
        ("programmes", "0029_rooms"),
    ]

    operations = [
        migrations.AddField(
            model_name="window",
            name="period",
            field=models.CharField(blank=True, db_default="", default="", max_length=40, verbose_name="a period of the bell schedule"),
        ),
        migrations.CreateModel(
            name="Bells",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("undone_at", models.DateTimeField(null=True)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BellDay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("schedule", models.CharField(max_length=40)),
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
                ("bells", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="other_days", to="programmes.bells")),
            ],
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("schedule", models.CharField(max_length=40)),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None),
                ),
                ("name", models.CharField(max_length=40)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("lesson", "lesson"), ("lunch", "lunch"), ("before", "before school"), ("after", "after school")], max_length=6
                    ),
                ),
                ("bells", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="programmes.bells")),
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
        migrations.AddConstraint(
            model_name="bells",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="programmes_bells_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="bellday",
            constraint=models.UniqueConstraint(fields=("programme", "bells", "on"), name="bell_day_once"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(condition=models.Q(("ends__gt", models.F("starts"))), name="period_runs_forward"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(condition=models.Q(("days__contained_by", [0, 1, 2, 3, 4, 5, 6])), name="period_days"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["after", "before", "lesson", "lunch"])), name="programmes_period_kind_known"
            ),
        ),
        BuildWalls("bells", "period", "bellday"),
    ]
