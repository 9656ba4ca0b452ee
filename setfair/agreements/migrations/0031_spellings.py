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
from setfair.core.walls import BuildWalls, Definer
from setfair.core.walls_of_cases import KeyOfCase, SameCase

# Words that nobody is asked to sign, or that hold no more, are not put right any more; and a promise not for ever.
RIGHT = """
CREATE FUNCTION agreements_put_right() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $right$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_item i JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
        WHERE i.programme_id = NEW.programme_id AND i.id = NEW.item_id AND a.stage IN ('signing', 'in_force')
    ) OR (SELECT count(*) FROM agreements_spelling s WHERE s.programme_id = NEW.programme_id AND s.item_id = NEW.item_id) > 3 THEN
        RAISE EXCEPTION 'this is not put right any more'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'spelling_of_what_stands';
    END IF;
    RETURN NEW;
END $right$
"""
# Whoever says that it is more than spelling has their name under just these words, and is still there.
BACK = """
CREATE FUNCTION agreements_took_back() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $back$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_spelling s
        JOIN agreements_item i ON i.programme_id = s.programme_id AND i.id = s.item_id
        JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
        WHERE s.programme_id = NEW.programme_id AND s.id = NEW.spelling_id AND a.stage IN ('signing', 'in_force')
          AND (NEW.participation_id IS NULL OR EXISTS (
              SELECT FROM agreements_under(a.programme_id, a.id) u
              JOIN cases_participation p ON p.programme_id = u.programme_id AND p.id = u.participation_id AND p.left_at IS NULL
              WHERE u.participation_id = NEW.participation_id))
    ) THEN
        RAISE EXCEPTION 'only who signed these words says what is more than spelling'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'spelling_back_of_who_signed';
    END IF;
    RETURN NEW;
END $back$
"""
ASKED = """
CREATE TRIGGER spelling_of_what_stands AFTER INSERT ON agreements_spelling FOR EACH ROW EXECUTE FUNCTION agreements_put_right();
CREATE TRIGGER spelling_back_of_who_signed AFTER INSERT ON agreements_spellingback FOR EACH ROW EXECUTE FUNCTION agreements_took_back()
"""
SPELT = """
CREATE FUNCTION agreements_spelt(of_programme uuid, of_agreement uuid) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $spelt$
    SELECT count(s.id) + count(b.id) FROM agreements_item i
    JOIN agreements_spelling s ON s.programme_id = i.programme_id AND s.item_id = i.id
    LEFT JOIN agreements_spellingback b ON b.programme_id = s.programme_id AND b.spelling_id = s.id
    WHERE i.programme_id = of_programme AND i.agreement_id = of_agreement
$spelt$
"""
GONE = """
DROP FUNCTION agreements_spelt(uuid, uuid);
DROP FUNCTION agreements_took_back() CASCADE;
DROP FUNCTION agreements_put_right() CASCADE
"""
DUE = """
    SELECT a.programme_id, a.id FROM agreements_agreement a
    JOIN seals_sealkey k ON k.programme_id = a.programme_id AND k.ended_at IS NULL
    WHERE a.stage = 'in_force' AND NOT EXISTS (
        SELECT FROM agreements_lastingcopy c
        WHERE c.programme_id = a.programme_id AND c.agreement_id = a.id AND c.participation_id IS NULL
          AND c.told = agreements_spelt(a.programme_id, a.id))
    LIMIT most
"""


class Migration(migrations.Migration):
    """A spelling is put right in words that are signed, and nobody signs again; copies made since tell of it."""

    dependencies = [
        ("agreements", "0030_results"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0039_good_promises"),
        ("seals", "0002_keys_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "part",
                    models.CharField(
                        choices=[("what", "what"), ("proof_wanted", "how we will know"), ("if_hard", "what if it is hard")], max_length=12
                    ),
                ),
                ("before", setfair.vault.fields.SealedText(of="case_id")),
                ("after", setfair.vault.fields.SealedText(of="case_id")),
                ("signs", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="SpellingBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="lastingcopy",
            name="lasting_copy_once",
        ),
        migrations.AddField(
            model_name="lastingcopy",
            name="told",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=models.UniqueConstraint(
                fields=("programme", "agreement", "participation", "told"), name="lasting_copy_once", nulls_distinct=False
            ),
        ),
        migrations.AddField(
            model_name="spelling",
            name="case",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="spelling",
            name="item",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="spellings", to="agreements.item"),
        ),
        migrations.AddField(
            model_name="spelling",
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
            model_name="spellingback",
            name="case",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="spellingback",
            name="participation",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
        ),
        migrations.AddField(
            model_name="spellingback",
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
            model_name="spellingback",
            name="spelling",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="backs", to="agreements.spelling"),
        ),
        migrations.AddConstraint(
            model_name="spelling",
            constraint=models.CheckConstraint(condition=models.Q(("signs__range", (1, 4))), name="spelling_of_few_signs"),
        ),
        migrations.AddConstraint(
            model_name="spelling",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("part__in", ["if_hard", "proof_wanted", "what"])), name="agreements_spelling_part_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="spelling",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_spelling_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="spellingback",
            constraint=models.UniqueConstraint(fields=("programme", "spelling"), name="spelling_back_once"),
        ),
        migrations.AddConstraint(
            model_name="spellingback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("participation__isnull", False)),
                    models.Q(("by__isnull", False), ("participation__isnull", True)),
                    _connector="OR",
                ),
                name="spelling_back_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="spellingback",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_spellingback_at_has_come",
            ),
        ),
        KeyOfCase("spelling"),
        BuildWalls(append_only=("spelling", "spellingback")),
        SameCase("spelling", "item"),
        SameCase("spellingback", "spelling", "participation"),
        migrations.RunSQL([RIGHT, BACK, *ASKED.split(";"), SPELT], GONE),
        Definer("copies_due(most integer)", "TABLE (programme_id uuid, agreement_id uuid)", DUE),
    ]
