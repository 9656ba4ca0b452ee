import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls

PROGRAMME = models.ForeignKey(
    default=setfair.core.tenant.current,
    editable=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="programmes.programme",
)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0022_slips_twice"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name of the place")),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="its address, for letters")),
                ("asks", models.CharField(blank=True, max_length=160, verbose_name="who is asked, and how")),
                ("lead_days", models.PositiveSmallIntegerField(default=5, verbose_name="days before, by which they want to know who comes")),
                ("closed_at", models.DateTimeField(null=True)),
                ("programme", PROGRAMME),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("lead_days__lte", 60)), name="closed_place_lead_days")],
            },
        ),
        migrations.CreateModel(
            name="VisitHours",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="weekday")),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="to")),
                (
                    "place",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="programmes.closedplace"),
                ),
                ("programme", PROGRAMME.clone()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends__gt", models.F("starts"))), name="visit_hours_run_forward"),
                    models.CheckConstraint(condition=models.Q(("weekday__range", (0, 6))), name="visit_hours_weekday"),
                    models.UniqueConstraint(fields=("programme", "place", "weekday", "starts"), name="visit_hours_once"),
                ],
            },
        ),
        BuildWalls("closedplace", "visithours"),
    ]
