import datetime
import uuid
from importlib import import_module

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls, Definer
from setfair.core.walls_of_cases import KeyOfCase, SameCase

BEFORE = import_module("setfair.agreements.migrations.0036_in_another_language")
# Two who are here and must have no contact: then nothing passes from one of the circle to the others.
APART = """
CREATE FUNCTION agreements_kept_apart(of_programme uuid, of_case uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $apart$
    SELECT EXISTS (
        SELECT FROM people_nocontact n
        JOIN cases_participation one ON one.programme_id = n.programme_id AND one.person_id = n.one_id
        JOIN cases_participation other ON other.programme_id = n.programme_id AND other.person_id = n.other_id
        WHERE n.programme_id = of_programme AND n.ended_at IS NULL
          AND one.case_id = of_case AND one.left_at IS NULL AND other.case_id = of_case AND other.left_at IS NULL)
$apart$
"""
LET = """
CREATE FUNCTION agreements_let_pass() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $let$
BEGIN
    IF NEW.passes AND NOT EXISTS (
        SELECT FROM agreements_remark r
        JOIN agreements_signature s ON s.programme_id = r.programme_id AND s.id = r.signature_id
        JOIN agreements_agreement a ON a.programme_id = s.programme_id AND a.id = s.agreement_id
        WHERE r.programme_id = NEW.programme_id AND r.id = NEW.remark_id AND r.shown AND a.stage IN ('signing', 'in_force')
          AND a.conference_id IS NOT NULL AND NOT agreements_kept_apart(a.programme_id, a.case_id)
          AND NOT EXISTS (
              SELECT FROM agreements_remark newer
              WHERE newer.programme_id = r.programme_id AND newer.signature_id = r.signature_id AND (newer.at, newer.id) > (r.at, r.id))
    ) THEN
        RAISE EXCEPTION 'these words do not pass to the others'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'remark_may_pass';
    END IF;
    RETURN NEW;
END $let$
"""
MAY = "CREATE TRIGGER remark_may_pass AFTER INSERT ON agreements_remarklet FOR EACH ROW EXECUTE FUNCTION agreements_let_pass()"
# What has come to be read in an agreement since it was laid out, in this language, by somebody of the circle or, without one, by the team: the
# same for the same.
TOLD = """
CREATE FUNCTION agreements_told(of_programme uuid, of_agreement uuid, of_person uuid, of_language text) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $told$
    WITH read AS (
        SELECT i.id, i.edition FROM agreements_item i
        WHERE i.programme_id = of_programme AND i.agreement_id = of_agreement
          AND (of_person IS NULL OR i.reach = 'circle' OR agreements_reaches(of_programme, i.id, of_person))
    ), spelt AS (
        SELECT s.id FROM read JOIN agreements_spelling s ON s.programme_id = of_programme AND s.item_id = read.id
    ), told AS (
        SELECT id FROM spelt
        UNION ALL SELECT b.id FROM spelt JOIN agreements_spellingback b ON b.programme_id = of_programme AND b.spelling_id = spelt.id
        UNION ALL
        SELECT t.id FROM read
        JOIN agreements_translation t ON t.programme_id = of_programme AND t.item_id = read.id AND t.edition = read.edition
        WHERE t.language = of_language
        UNION ALL
        SELECT l.id FROM agreements_signature g
        JOIN agreements_remark r ON r.programme_id = g.programme_id AND r.signature_id = g.id
        JOIN agreements_remarklet l ON l.programme_id = r.programme_id AND l.remark_id = r.id AND l.passes
        JOIN cases_participation p ON p.programme_id = g.programme_id AND p.id = g.participation_id AND p.left_at IS NULL
        WHERE g.programme_id = of_programme AND g.agreement_id = of_agreement AND NOT agreements_kept_apart(of_programme, g.case_id)
    )
    SELECT coalesce(encode(sha256(convert_to(string_agg(id::text, ',' ORDER BY id), 'UTF8')), 'hex'), '') FROM told
$told$
"""
DUE = BEFORE.DUE.replace("(a.programme_id, a.id, c.language)", "(a.programme_id, a.id, NULL, c.language)").replace(
    "(n.programme_id, n.agreement_id, n.language)", "(n.programme_id, n.agreement_id, n.participation_id, n.language)"
)
GONE = """
DROP FUNCTION agreements_told(uuid, uuid, uuid, text);
DROP FUNCTION agreements_let_pass() CASCADE;
DROP FUNCTION agreements_kept_apart(uuid, uuid)
"""
AS_WORDS = """
ALTER TABLE agreements_lastingcopy DROP CONSTRAINT agreements_lastingcopy_told_check;
ALTER TABLE agreements_lastingcopy ALTER COLUMN told DROP DEFAULT;
ALTER TABLE agreements_lastingcopy ALTER COLUMN told TYPE varchar(64) USING CASE WHEN told = 0 THEN '' ELSE told::text END;
ALTER TABLE agreements_lastingcopy ALTER COLUMN told SET DEFAULT ''
"""
AS_NUMBER = """
ALTER TABLE agreements_lastingcopy ALTER COLUMN told DROP DEFAULT;
ALTER TABLE agreements_lastingcopy ALTER COLUMN told TYPE smallint USING CASE WHEN told ~ '^[0-9]{1,4}$' THEN told::smallint ELSE 0 END;
ALTER TABLE agreements_lastingcopy ALTER COLUMN told SET DEFAULT 0;
ALTER TABLE agreements_lastingcopy ADD CONSTRAINT agreements_lastingcopy_told_check CHECK (told >= 0)
"""


class Migration(migrations.Migration):
    """Words under a name reach the others once somebody of the team has read them; a copy is made anew for whoever reads what has changed."""

    dependencies = [
        ("agreements", "0044_spellings_go_again"),
        ("cases", "0024_stepped_out_default"),
        ("people", "0006_turns_18"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="RemarkLet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("passes", models.BooleanField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
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
                ("remark", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="lets", to="agreements.remark")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "remark", "passes"), name="remark_let_once"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="agreements_remarklet_at_has_come",
                    ),
                ],
            },
        ),
        KeyOfCase("remark"),
        BuildWalls(append_only=("remarklet",)),
        SameCase("remarklet", "remark"),
        migrations.RunSQL([APART, LET, MAY, TOLD], GONE),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(AS_WORDS.split(";"), AS_NUMBER.split(";"))],
            state_operations=[
                migrations.AlterField(
                    model_name="lastingcopy",
                    name="told",
                    field=models.CharField(blank=True, db_default="", default="", max_length=64),
                )
            ],
        ),
        Definer(
            "copies_due(most integer)",
            "TABLE (programme_id uuid, agreement_id uuid)",
            DUE,
        ),
        migrations.RunSQL("DROP FUNCTION agreements_told(uuid, uuid, text)", BEFORE.TOLD),
    ]
