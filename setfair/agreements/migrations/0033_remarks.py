import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase

# Words under a name are written while it is signed; what somebody of the team writes down, or takes away, was never typed on somebody's own page.
UNDER = """
CREATE FUNCTION agreements_remarked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $remarked$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_signature s JOIN agreements_agreement a ON a.programme_id = s.programme_id AND a.id = s.agreement_id
        WHERE s.programme_id = NEW.programme_id AND s.id = NEW.signature_id AND a.stage = 'signing' AND (NEW."by" IS NULL OR s.method <> 'own')
    ) OR NEW."by" IS NOT NULL AND EXISTS (
        SELECT FROM agreements_remark r WHERE r.programme_id = NEW.programme_id AND r.signature_id = NEW.signature_id AND r.id <> NEW.id AND r."by" IS NULL
    ) THEN
        RAISE EXCEPTION 'words under a name are their own, and stay once it holds'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'remark_of_their_own';
    END IF;
    RETURN NEW;
END $remarked$
"""
HELD = "CREATE TRIGGER remark_of_their_own AFTER INSERT ON agreements_remark FOR EACH ROW EXECUTE FUNCTION agreements_remarked()"


class Migration(migrations.Migration):
    """A few words of one's own under one's name."""

    dependencies = [
        ("agreements", "0032_reach"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", setfair.vault.fields.SealedText(of="case_id")),
                ("shown", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
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
                (
                    "signature",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="agreements.signature"),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="agreements_remark_at_has_come",
                    )
                ],
            },
        ),
        BuildWalls(append_only=("remark",)),
        SameCase("remark", "signature"),
        migrations.RunSQL([UNDER, HELD], "DROP FUNCTION agreements_remarked() CASCADE"),
    ]
