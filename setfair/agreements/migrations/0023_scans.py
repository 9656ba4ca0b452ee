import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase

SIGNED = """
CREATE FUNCTION agreements_scanned() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $scanned$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_signature
        WHERE programme_id = NEW.programme_id AND agreement_id = NEW.agreement_id AND participation_id = NEW.participation_id AND method = 'paper'
    ) THEN
        RAISE EXCEPTION 'only a signature on paper is scanned in'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'scan_of_a_signature';
    END IF;
    RETURN NEW;
END $scanned$
"""
HELD = """
CREATE TRIGGER scan_of_a_signature BEFORE INSERT ON agreements_scan FOR EACH ROW WHEN (NEW.participation_id IS NOT NULL)
EXECUTE FUNCTION agreements_scanned()
"""


class Migration(migrations.Migration):
    """The paper that somebody signed, scanned in."""

    dependencies = [
        ("agreements", "0022_what_each_saw"),
        ("cases", "0024_stepped_out_default"),
        ("files", "0001_initial"),
        ("programmes", "0036_phases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "agreement",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="agreements.agreement"),
                ),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                ("file", setfair.core.records.Within(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
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
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(fields=("programme", "agreement", "participation", "file"), name="scan_once"),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_scan_at_has_come",
            ),
        ),
        BuildWalls(append_only=("scan",)),
        SameCase("scan", "agreement", "participation", "file"),
        migrations.RunSQL([SIGNED, HELD], "DROP FUNCTION agreements_scanned() CASCADE"),
    ]
