import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import setfair.core.clock
import setfair.core.tenant
from setfair.core.walls import BuildWalls, Definer


class Migration(migrations.Migration):
    """An address from which a calendar program reads its owner's own days."""

    dependencies = [("accounts", "0015_office"), ("programmes", "0010_two_people")]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(max_length=32)),
                ("titled", models.BooleanField(default=False)),
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
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "digest"), name="feed_digest_once"),
                    models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("programme", "user"), name="feed_one_live"),
                ],
                "indexes": [models.Index(models.F("digest"), name="feed_by_digest")],
            },
        ),
        BuildWalls("feed"),
        Definer(
            "feed_by_digest(wanted bytea)",
            "TABLE (programme_id uuid, feed_id uuid)",
            "SELECT programme_id, id FROM accounts_feed WHERE digest = wanted",
        ),
    ]
