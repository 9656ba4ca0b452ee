import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programmes", "0036_phases"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("root", models.BinaryField()),
                ("certificate", models.BinaryField()),
                ("made_at", models.DateTimeField(default=setfair.core.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
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
            name="SealSecret",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("private", setfair.vault.fields.SealedBytes(of="id")),
                ("key", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="secrets", to="seals.sealkey")),
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
            model_name="sealkey",
            constraint=models.UniqueConstraint(fields=("programme", "number"), name="seal_number"),
        ),
        migrations.AddConstraint(
            model_name="sealkey",
            constraint=models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("programme",), name="seal_one_live"),
        ),
        migrations.AddConstraint(
            model_name="sealsecret",
            constraint=models.UniqueConstraint(fields=("programme", "key"), name="seal_one_secret"),
        ),
        BuildWalls("sealkey", "sealsecret"),
    ]
