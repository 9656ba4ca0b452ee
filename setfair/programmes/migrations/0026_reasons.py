import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls

FITS = """
CREATE FUNCTION programmes_own_reason() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $fits$
BEGIN
    IF NOT EXISTS (
        SELECT FROM programmes_ownreason
        WHERE programme_id = NEW.programme_id AND id = NEW.own_id AND step = TG_ARGV[0] AND closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'this reason is for something else, or is not used any more'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'own_reason_fits';
    END IF;
    RETURN NEW;
END $fits$
"""
STAYS = """
CREATE FUNCTION programmes_reason_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
BEGIN
    RAISE EXCEPTION 'what a reason says, where it is used and whose decision it is never change'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'own_reason_stays';
END $stays$
"""
HELD = """
CREATE TRIGGER own_reason_stays BEFORE UPDATE ON programmes_ownreason FOR EACH ROW
WHEN ((OLD.name, OLD.step, OLD.decider, OLD.since) IS DISTINCT FROM (NEW.name, NEW.step, NEW.decider, NEW.since))
EXECUTE FUNCTION programmes_reason_stays()
"""


class Migration(migrations.Migration):
    """Reasons that a programme adds to the list."""

    dependencies = [
        ("programmes", "0025_takes_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="in a few words")),
                (
                    "step",
                    models.CharField(
                        choices=[("no", "a request does not go ahead"), ("rest", "a case rests"), ("end", "a case ends")],
                        max_length=4,
                        verbose_name="where it is used",
                    ),
                ),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("together", "it ran its course"),
                            ("harmed", "person harmed"),
                            ("responsible", "person responsible"),
                            ("guardian", "parent or guardian"),
                            ("somebody", "one of them; not written down who"),
                            ("programme", "the programme"),
                            ("sender", "a court, or whoever sent it"),
                            ("law", "the law or an order"),
                            ("nobody", "nobody"),
                        ],
                        max_length=11,
                        verbose_name="whose decision it is",
                    ),
                ),
                ("since", models.DateTimeField(default=setfair.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
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
                "ordering": ("since", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "step", "decider", "name"), name="own_reason_once"),
                    setfair.core.records.Kept(condition=models.Q(("step__in", ["end", "no", "rest"])), name="programmes_ownreason_step_known"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            ("decider__in", ["guardian", "harmed", "law", "nobody", "programme", "responsible", "sender", "somebody", "together"])
                        ),
                        name="programmes_ownreason_decider_known",
                    ),
                ],
            },
        ),
        BuildWalls("ownreason"),
        migrations.RunSQL([FITS, STAYS, HELD], "DROP FUNCTION programmes_own_reason(); DROP FUNCTION programmes_reason_stays() CASCADE"),
    ]
