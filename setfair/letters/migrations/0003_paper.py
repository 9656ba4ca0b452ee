import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls


class Migration(migrations.Migration):
    """A letter on paper has left when somebody posts it or hands it over, and not before."""

    dependencies = [("letters", "0002_lookups"), ("programmes", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="stage",
            field=models.CharField(
                choices=[
                    ("held", "held back"),
                    ("due", "on its way"),
                    ("printed", "on paper, not handed over yet"),
                    ("sent", "sent"),
                    ("handed", "posted or handed over"),
                    ("failed", "could not be sent"),
                    ("withdrawn", "withdrawn"),
                ],
                default="due",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                models.F("programme"), models.F("made_at"), condition=models.Q(("stage__in", ("failed", "printed"))), name="letter_waits"
            ),
        ),
        migrations.CreateModel(
            name="Handing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "letter",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="handings", to="letters.letter"),
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
            options={"constraints": [models.UniqueConstraint(fields=("programme", "letter"), name="letter_handed_once")]},
        ),
        BuildWalls(append_only=("handing",)),
    ]
