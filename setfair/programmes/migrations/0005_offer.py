import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls, Definer


class Migration(migrations.Migration):
    """Whoever does not belong to a programme is asked before they do. Who asks them is looked up when they sign in: ids only."""

    dependencies = [
        ("programmes", "0004_known_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator: sees every case, accepts requests, opens and closes cases"),
                            ("supervisor", "Case supervisor: reads cases, signs off safety"),
                            ("administrator", "Administrator: settings and people, no cases"),
                            ("facilitator", "Facilitator: the cases they are assigned to"),
                            ("student", "Student facilitator: the script and first names, around the day"),
                        ],
                        max_length=13,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("answer", models.CharField(blank=True, choices=[("yes", "yes"), ("no", "no"), ("taken_back", "taken back")], max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
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
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("answer", "")), fields=("programme", "user", "role"), name="offer_once"),
                    setfair.core.records.Kept(
                        condition=models.Q(("role__in", ["administrator", "coordinator", "facilitator", "student", "supervisor"])),
                        name="programmes_offer_role_known",
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(("answer__in", ["", "no", "taken_back", "yes"])), name="programmes_offer_answer_known"
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="programmes_offer_at_has_come",
                    ),
                ],
            },
        ),
        BuildWalls("offer"),
        Definer(
            "offers_to(who uuid)",
            "TABLE (programme_id uuid, offer_id uuid)",
            "SELECT programme_id, id FROM programmes_offer WHERE user_id = who AND answer = '' ORDER BY at",
        ),
    ]
