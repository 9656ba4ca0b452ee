from importlib import import_module

from django.db import migrations

BACK = import_module("setfair.agreements.migrations.0031_spellings").BACK
REPLACED = BACK.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
SIGNED = "WHERE u.participation_id = NEW.participation_id"
# Whoever calls it more than spelling reads the promise.
READS = f"{SIGNED}\n                AND agreements_reaches(NEW.programme_id, s.item_id, NEW.participation_id)"
# What was put right goes with the words it was put right in, and is never another one.
STAYS = """
CREATE FUNCTION agreements_spelling_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
BEGIN
    IF pg_has_role(current_user, 'setfair_system', 'USAGE') OR TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM agreements_spelling s
        JOIN agreements_item i ON i.programme_id = s.programme_id AND i.id = s.item_id
        JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
        WHERE s.programme_id = OLD.programme_id AND s.id = coalesce(to_jsonb(OLD) ->> 'spelling_id', OLD.id::text)::uuid AND a.stage = 'drafting'
    ) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was put right stays as long as the words lie there'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'spelling_stays';
END $stays$
"""
HELD = [
    f"CREATE TRIGGER spelling_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION agreements_spelling_stays()"
    for table in ("agreements_spelling", "agreements_spellingback")
]


class Migration(migrations.Migration):
    """Corrections of words that are taken back to be written anew go with them; and only who reads a promise calls one more than spelling."""

    dependencies = [("agreements", "0043_asked_sooner")]

    operations = [
        migrations.RunSQL([STAYS, *HELD], "DROP FUNCTION agreements_spelling_stays() CASCADE"),
        migrations.RunSQL(
            "GRANT UPDATE, DELETE ON agreements_spelling, agreements_spellingback TO setfair_app",
            "REVOKE UPDATE, DELETE ON agreements_spelling, agreements_spellingback FROM setfair_app",
        ),
        migrations.RunSQL(REPLACED.replace(SIGNED, READS), REPLACED),
    ]
