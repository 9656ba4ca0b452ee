import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls


def programme():
    return models.ForeignKey(
        default=setfair.core.tenant.current,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="programmes.programme",
    )


def of_a_request(name):
    return setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name=name, to="referrals.referral")


class Migration(migrations.Migration):
    """Who was told how their request was answered, and what a supervisor says to a no that is a gate."""

    dependencies = [("programmes", "0002_lookups"), ("referrals", "0002_lookup_indexes")]

    operations = [
        migrations.AddField(model_name="screening", name="to_tell", field=models.BooleanField(db_default=False, default=False)),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("how", models.CharField(choices=[("told", "I have told them"), ("tried", "I tried, and could not reach them")], max_length=5)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("programme", programme()),
                ("referral", of_a_request("replies")),
            ],
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", setfair.vault.fields.SealedText(of="referral_id")),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("programme", programme()),
                ("referral", of_a_request("clearances")),
            ],
        ),
        BuildWalls(append_only=("reply", "clearance")),
    ]
