import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import setfair.core.clock
import setfair.core.tenant
from setfair.core.walls import BuildWalls

ENDED = """
CREATE FUNCTION device_stays_ended() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $ended$
BEGIN
    RAISE EXCEPTION 'this device is not a shared one any more'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'device_stays_ended';
END $ended$;
CREATE TRIGGER device_stays_ended BEFORE UPDATE ON programmes_device FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL OR (OLD.name, OLD.since, OLD.by) IS DISTINCT FROM (NEW.name, NEW.since, NEW.by)) EXECUTE FUNCTION device_stays_ended()
"""


class Migration(migrations.Migration):
    """Devices that people use one after another."""

    dependencies = [("programmes", "0010_two_people")]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="where it stands")),
                ("since", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        models.F("programme"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("ended_at__isnull", True)),
                        name="device_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="device_ended_by_somebody",
                    ),
                    models.CheckConstraint(condition=models.Q(("name__regex", "\\S")), name="device_has_a_name"),
                ],
            },
        ),
        BuildWalls("device"),
        migrations.RunSQL(ENDED, "DROP FUNCTION device_stays_ended() CASCADE"),
    ]
