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
from setfair.core.walls_of_cases import SameCase

# Words in another language are of a promise as it is worded now, that is written, signed or held; and only somebody who interprets gave them.
MADE_OF = """
CREATE FUNCTION agreements_translated() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $translated$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_item i JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
        WHERE i.programme_id = NEW.programme_id AND i.id = NEW.item_id AND i.edition = NEW.edition
          AND NEW.language NOT IN ('', i.language) AND a.stage IN ('drafting', 'rests', 'signing', 'in_force')
    ) OR NEW.interpreter_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM cases_participation p WHERE p.programme_id = NEW.programme_id AND p.id = NEW.interpreter_id AND p.role = 'interpreter'
    ) THEN
        RAISE EXCEPTION 'words in another language are of a promise as it stands'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'translation_of_what_stands';
    END IF;
    RETURN NEW;
END $translated$
"""
# What lay there as somebody signed is never another one later: newer words are another row. A promise that is struck takes its rows along.
STAYS = """
CREATE FUNCTION agreements_translation_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
BEGIN
    RAISE EXCEPTION 'words in another language are added and never changed'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'translation_stays';
END $stays$
"""
# Put into another language while the circle sits, it is a beat: the draft on the table follows.
BEAT = """
CREATE FUNCTION agreements_translation_beat() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $beat$
BEGIN
    UPDATE conferences_conference c SET beat = c.beat + 1 FROM agreements_item i
    JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
    WHERE i.programme_id = NEW.programme_id AND i.id = NEW.item_id
      AND c.programme_id = a.programme_id AND c.id = a.conference_id AND c.stage = 'live';
    RETURN NULL;
END $beat$
"""
ASKED = """
CREATE TRIGGER translation_of_what_stands AFTER INSERT ON agreements_translation FOR EACH ROW
WHEN (NEW.item_id IS NOT NULL) EXECUTE FUNCTION agreements_translated();
CREATE TRIGGER translation_stays BEFORE UPDATE ON agreements_translation FOR EACH ROW EXECUTE FUNCTION agreements_translation_stays();
CREATE TRIGGER translation_beat AFTER INSERT ON agreements_translation FOR EACH ROW EXECUTE FUNCTION agreements_translation_beat()
"""
# What a copy in one language tells of: spellings that were put right or taken back, and what was put into it.
TOLD = """
CREATE FUNCTION agreements_told(of_programme uuid, of_agreement uuid, of_language text) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $told$
    SELECT agreements_spelt(of_programme, of_agreement) + (
        SELECT count(*) FROM agreements_item i
        JOIN agreements_translation t ON t.programme_id = i.programme_id AND t.item_id = i.id AND t.edition = i.edition
        WHERE i.programme_id = of_programme AND i.agreement_id = of_agreement AND t.language = of_language)
$told$
"""
GONE = """
DROP FUNCTION agreements_told(uuid, uuid, text);
DROP FUNCTION agreements_translation_beat() CASCADE;
DROP FUNCTION agreements_translation_stays() CASCADE;
DROP FUNCTION agreements_translated() CASCADE
"""
# The team's copy is not there, or somebody who is here has one in a language into which something was put since.
DUE = """
    SELECT a.programme_id, a.id FROM agreements_agreement a
    JOIN seals_sealkey k ON k.programme_id = a.programme_id AND k.ended_at IS NULL
    WHERE a.stage = 'in_force' AND (NOT EXISTS (
        SELECT FROM agreements_lastingcopy c
        WHERE c.programme_id = a.programme_id AND c.agreement_id = a.id AND c.participation_id IS NULL
          AND c.told = agreements_told(a.programme_id, a.id, c.language)
    ) OR EXISTS (
        SELECT FROM agreements_item i
        JOIN agreements_translation t ON t.programme_id = i.programme_id AND t.item_id = i.id AND t.edition = i.edition
        JOIN agreements_lastingcopy c ON c.programme_id = i.programme_id AND c.agreement_id = i.agreement_id AND c.language = t.language
        JOIN cases_participation p ON p.programme_id = c.programme_id AND p.id = c.participation_id AND p.left_at IS NULL
        WHERE i.programme_id = a.programme_id AND i.agreement_id = a.id AND NOT EXISTS (
            SELECT FROM agreements_lastingcopy n
            WHERE n.programme_id = c.programme_id AND n.agreement_id = c.agreement_id AND n.participation_id = c.participation_id
              AND n.told = agreements_told(n.programme_id, n.agreement_id, n.language))
    ))
    LIMIT most
"""


class Migration(migrations.Migration):
    """A promise can be read in other languages than the one it is written in, with the words as they were written beside it."""

    dependencies = [
        ("agreements", "0034_several"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="language",
            field=models.CharField(db_default="", default="", max_length=10, verbose_name="language"),
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("edition", models.PositiveSmallIntegerField()),
                ("what", setfair.vault.fields.SealedText(of="case_id", verbose_name="what")),
                ("proof_wanted", setfair.vault.fields.SealedText(of="case_id", verbose_name="how we will know")),
                ("if_hard", setfair.vault.fields.SealedText(of="case_id", verbose_name="what if it is hard")),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "interpreter",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
                ),
                ("item", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="agreements.item")),
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
                "indexes": [models.Index(fields=["programme", "item", "language", "-at"], name="translation_latest")],
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
                        name="agreements_translation_at_has_come",
                    )
                ],
            },
        ),
        BuildWalls("translation"),
        SameCase("translation", "item", "interpreter"),
        migrations.RunSQL([MADE_OF, STAYS, BEAT, *ASKED.split(";"), TOLD], GONE),
        Definer("copies_due(most integer)", "TABLE (programme_id uuid, agreement_id uuid)", DUE),
    ]
