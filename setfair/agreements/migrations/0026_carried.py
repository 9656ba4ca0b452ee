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
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import KeyOfCase, SameCase

FROZEN = import_module("setfair.agreements.migrations.0009_frozen")
GUARDED = import_module("setfair.agreements.migrations.0013_guardians_sign")
SIGNING = import_module("setfair.agreements.migrations.0018_fits")
DECIDED = import_module("setfair.agreements.migrations.0019_somebody_decides")

# Whose names stand under a version: those who signed it, and those whose name was carried to it as it was laid out last.
UNDER = """
CREATE FUNCTION agreements_under(of_programme uuid, of_agreement uuid)
RETURNS TABLE (programme_id uuid, agreement_id uuid, participation_id uuid) LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $under$
    SELECT s.programme_id, s.agreement_id, s.participation_id FROM agreements_signature s
    WHERE s.programme_id = of_programme AND s.agreement_id = of_agreement
    UNION SELECT c.programme_id, c.agreement_id, c.participation_id FROM agreements_carried c
    WHERE c.programme_id = of_programme AND c.agreement_id = of_agreement
      AND c.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = of_programme AND l.agreement_id = of_agreement)
$under$
"""
# What is new, changed or gone between a version and the one it follows, by the promise on either side.
DIFFERENT = """
CREATE FUNCTION agreements_different(of_programme uuid, was uuid, becomes uuid) RETURNS SETOF uuid LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $different$
    SELECT i.id FROM agreements_item i
    WHERE i.programme_id = of_programme AND i.agreement_id = becomes AND (i.follows_id IS NULL OR i.edition > 1)
    UNION SELECT o.id FROM agreements_item o
    WHERE o.programme_id = of_programme AND o.agreement_id = was AND NOT EXISTS (
        SELECT FROM agreements_item i
        WHERE i.programme_id = of_programme AND i.agreement_id = becomes AND i.follows_id = o.id AND i.edition = 1)
$different$
"""
UNTOUCHED = """
CREATE FUNCTION agreements_untouched() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $untouched$
DECLARE
    was uuid := (SELECT follows_id FROM agreements_agreement WHERE programme_id = NEW.programme_id AND id = NEW.agreement_id);
BEGIN
    IF was IS NULL OR NOT EXISTS (
        SELECT FROM agreements_signature s WHERE s.programme_id = NEW.programme_id AND s.id = NEW.signature_id
          AND s.participation_id = NEW.participation_id AND (s.agreement_id = was OR EXISTS (
              SELECT FROM agreements_carried c
              WHERE c.programme_id = NEW.programme_id AND c.agreement_id = was AND c.signature_id = s.id
                AND c.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = c.programme_id AND l.agreement_id = was)))
    ) OR EXISTS (
        SELECT FROM agreements_different(NEW.programme_id, was, NEW.agreement_id) d(id)
        JOIN agreements_item i ON i.programme_id = NEW.programme_id AND i.id = d.id
        JOIN cases_participation p ON p.programme_id = NEW.programme_id AND p.id = NEW.participation_id
        WHERE i.owed_to_id IS NULL
           OR EXISTS (SELECT FROM (VALUES (p.id), (CASE WHEN p.role = 'guardian' THEN p.stands_by_id END)) theirs(id)
               WHERE theirs.id IN (i.owner_id, i.owed_to_id, i.checker_id) OR EXISTS (
                   SELECT FROM agreements_sharer b
                   WHERE b.programme_id = i.programme_id AND b.item_id = i.id AND b.participation_id = theirs.id))
    ) THEN
        RAISE EXCEPTION 'a name goes on only under words in which nothing of theirs is different'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'carried_untouched';
    END IF;
    RETURN NEW;
END $untouched$
"""
CARRIES = """
CREATE TRIGGER carried_untouched BEFORE INSERT ON agreements_carried FOR EACH ROW
WHEN (NEW.participation_id IS NOT NULL) EXECUTE FUNCTION agreements_untouched()
"""
GONE = """
DROP FUNCTION agreements_untouched() CASCADE;
DROP FUNCTION agreements_different(uuid, uuid, uuid);
DROP FUNCTION agreements_under(uuid, uuid)
"""
SIGNED = GUARDED.BEFORE.replace("{guardians}", GUARDED.GUARDIANS + DECIDED.NOBODY_DECIDES)
OPEN = SIGNING.OPEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(DECIDED.BY_CLOCK, DECIDED.BY_NUMBER)
ASKED = "AND w.participation_id = p.id\n"
NOT_CARRIED = """AND NOT EXISTS (
                      SELECT FROM agreements_carried c WHERE c.programme_id = w.programme_id AND c.agreement_id = w.agreement_id
                        AND c.participation_id = p.id AND c.round = w.round
                  )
"""
THAW = "DROP TRIGGER agreement_frozen ON agreements_agreement"
WHOLE = FROZEN.LAID_OUT.replace(".version)", ".version, {}.follows_id)").replace("{}", "OLD", 1).replace("{}", "NEW", 1)


def _key(table: str, column: str, parent: str) -> migrations.RunSQL:
    name = f"{table}_{column}_within"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (programme_id, {column}) REFERENCES {parent} (programme_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """A new version is signed by whom it touches; the names of all others go on under it, and the one that holds goes on until then."""

    dependencies = [
        ("agreements", "0025_everyone_reminded"),
        ("cases", "0024_stepped_out_default"),
        ("conferences", "0012_may_hear_no_more"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Carried",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="agreement_one_live",
        ),
        migrations.AddField(
            model_name="agreement",
            name="follows",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agreements.agreement"),
        ),
        migrations.AddField(
            model_name="item",
            name="follows",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agreements.item"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ("drafting", "rests", "signing"))), fields=("programme", "case"), name="agreement_one_in_hand"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "in_force")), fields=("programme", "case"), name="agreement_one_in_force"
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="agreement",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="carried", to="agreements.agreement"),
        ),
        migrations.AddField(
            model_name="carried",
            name="case",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="carried",
            name="participation",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
        ),
        migrations.AddField(
            model_name="carried",
            name="programme",
            field=models.ForeignKey(
                default=setfair.core.tenant.current,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="signature",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="carried", to="agreements.signature"),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=models.UniqueConstraint(fields=("programme", "agreement", "participation", "round"), name="carried_once"),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_carried_at_has_come",
            ),
        ),
        _key("agreements_agreement", "follows_id", "agreements_agreement"),
        _key("agreements_item", "follows_id", "agreements_item"),
        SameCase("agreement", "follows"),
        SameCase("item", "follows"),
        KeyOfCase("signature"),
        BuildWalls(append_only=("carried",)),
        SameCase("carried", "agreement", "participation", "signature"),
        migrations.RunSQL([UNDER, DIFFERENT, UNTOUCHED, CARRIES], GONE),
        migrations.RunSQL(SIGNED.replace("agreements_signature s", "agreements_under(NEW.programme_id, NEW.id) s"), SIGNED),
        migrations.RunSQL(OPEN.replace(ASKED, ASKED + " " * 18 + NOT_CARRIED), OPEN),
        migrations.RunSQL([THAW, WHOLE], [THAW, FROZEN.LAID_OUT]),
    ]
