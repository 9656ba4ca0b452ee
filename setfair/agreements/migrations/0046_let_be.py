from importlib import import_module

from django.db import migrations

from setfair.core.walls import Definer

IN_ANOTHER_LANGUAGE = import_module("setfair.agreements.migrations.0036_in_another_language")
EACH_PART = import_module("setfair.agreements.migrations.0040_each_part")

# Whoever stopped while promises are kept is asked for no other name than one that stands under what holds.
GOES_ON = """
CREATE FUNCTION agreements_goes_on() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $on$
BEGIN
    IF EXISTS (
        SELECT FROM agreements_agreement a
        JOIN cases_case k ON k.programme_id = a.programme_id AND k.id = a.case_id AND k.stage = 'following_up'
        WHERE a.programme_id = NEW.programme_id AND a.id = NEW.agreement_id AND NOT EXISTS (
            SELECT FROM agreements_agreement h CROSS JOIN LATERAL agreements_under(h.programme_id, h.id) u
            WHERE h.programme_id = a.programme_id AND h.case_id = a.case_id AND h.number = a.number AND h.stage = 'in_force'
              AND u.participation_id = NEW.participation_id)
    ) AND (
        SELECT c.answer FROM preparation_consent c
        WHERE c.programme_id = NEW.programme_id AND c.participation_id = NEW.participation_id AND c.giver_id = NEW.participation_id
          AND c.scope = 'take_part'
        ORDER BY c.at DESC, c.id DESC LIMIT 1
    ) IN ('no', 'withdrawn') THEN
        RAISE EXCEPTION 'whoever stopped is asked to sign nothing more'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'signer_goes_on';
    END IF;
    RETURN NULL;
END $on$
"""
ASKED = """
CREATE TRIGGER signer_goes_on AFTER INSERT ON agreements_signer FOR EACH ROW
WHEN (NEW.participation_id IS NOT NULL) EXECUTE FUNCTION agreements_goes_on()
"""
# Words in another language go only with a promise that nobody has been asked to sign.
GOES = """
CREATE FUNCTION agreements_translation_goes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $goes$
BEGIN
    IF pg_has_role(current_user, 'setfair_system', 'USAGE') OR EXISTS (
        SELECT FROM agreements_item i
        JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
        WHERE i.programme_id = OLD.programme_id AND i.id = OLD.item_id AND a.stage IN ('drafting', 'rests')
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'words in another language stay with what lay there'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'translation_goes';
END $goes$
"""
WENT = """
CREATE TRIGGER translation_goes BEFORE DELETE ON agreements_translation FOR EACH ROW EXECUTE FUNCTION agreements_translation_goes()
"""
# A promise that says nothing of its language is written in the programme's.
OF = IN_ANOTHER_LANGUAGE.MADE_OF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
ITS_OWN = OF.replace(
    "JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id\n",
    "JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id\n"
    "        JOIN programmes_programme p ON p.id = i.programme_id\n",
).replace("('', i.language)", "('', coalesce(nullif(i.language, ''), p.language))")
# Of a part that passed nobody is asked once the next one is near: that one is spoken of.
DUE = EACH_PART.DUE.replace("part.day + 7 * i.weeks > d.today AND", "part.day + 7 * i.weeks > d.today + 3 AND")
# A kind word is about a day that this promise has, and which is spelled as in the letters.
A_DAY = """
CREATE FUNCTION agreements_kind_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $day$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_item i CROSS JOIN LATERAL generate_series(1, i.parts) n
        WHERE i.programme_id = NEW.programme_id AND i.id = NEW.item_id
          AND NEW.about = agreements_root(i.programme_id, i.id)::text
              || coalesce('.' || nullif((
                  SELECT count(*) FROM agreements_extension e WHERE e.programme_id = i.programme_id AND e.item_id = i.id), 0)::text, '')
              || CASE WHEN n < i.parts THEN '-' || n::text ELSE '' END
    ) THEN
        RAISE EXCEPTION 'a kind word is about a day of just this promise'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'kind_word_of_a_day';
    END IF;
    RETURN NULL;
END $day$
"""
SAID = """
CREATE TRIGGER kind_word_of_a_day AFTER INSERT ON agreements_kindword FOR EACH ROW
WHEN (NEW.item_id IS NOT NULL) EXECUTE FUNCTION agreements_kind_day()
"""
GONE = """
DROP FUNCTION agreements_kind_day() CASCADE;
DROP FUNCTION agreements_translation_goes() CASCADE;
DROP FUNCTION agreements_goes_on() CASCADE
"""


class Migration(migrations.Migration):
    """Whoever stopped is asked nothing more, words in another language stay, and nobody hears of two parts of a payment at once."""

    dependencies = [
        ("agreements", "0045_words_let_pass"),
        ("cases", "0024_stepped_out_default"),
        ("preparation", "0029_given_by_a_room"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.RunSQL([GOES_ON, ASKED, GOES, WENT, A_DAY, SAID], GONE),
        migrations.RunSQL(ITS_OWN, OF),
        Definer("promises_due(moment timestamptz, most integer)", "TABLE (programme_id uuid, item_id uuid)", DUE),
    ]
