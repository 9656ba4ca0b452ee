import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls

OWN = """
CREATE TRIGGER own_reason_fits BEFORE INSERT ON referrals_rest FOR EACH ROW WHEN (NEW.own_id IS NOT NULL)
    EXECUTE FUNCTION programmes_own_reason('rest')
"""
NO_OWN = "DROP TRIGGER own_reason_fits ON referrals_rest"


class Migration(migrations.Migration):
    """A request rests until a day, for a reason of the list."""

    dependencies = [
        ("programmes", "0033_rests"),
        ("referrals", "0019_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("asked", "someone asked for time"),
                            ("later", "it is done later"),
                            ("safety", "we are looking at safety again"),
                            ("other", "another reason"),
                            ("sender_waits", "whoever sent it asked us to wait"),
                            ("elsewhere", "another process has to end first"),
                            ("away", "someone is away or ill"),
                            ("exams", "exams or holidays"),
                            ("own", "a reason of our own"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField(default=setfair.core.clock.now)),
                ("look_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.UUIDField()),
                (
                    "own",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.ownreason"),
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
                ("referral", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="rests", to="referrals.referral")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("programme", "referral"), name="rest_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("own__isnull", False), ("reason", "own")),
                            models.Q(models.Q(("reason", "own"), _negated=True), ("own__isnull", True)),
                            _connector="OR",
                        ),
                        name="rest_one_reason",
                    ),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            ("reason__in", ["asked", "away", "elsewhere", "exams", "later", "other", "own", "safety", "sender_waits"])
                        ),
                        name="referrals_rest_reason_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(OWN, NO_OWN),
        BuildWalls("rest"),
    ]
