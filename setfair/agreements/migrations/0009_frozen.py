from django.db import migrations

FROZEN = """
CREATE FUNCTION agreements_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $frozen$
BEGIN
    RAISE EXCEPTION 'these words lie there to be signed, or were signed'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_frozen';
END $frozen$
"""
LAID_OUT = """
CREATE TRIGGER agreement_frozen BEFORE UPDATE ON agreements_agreement FOR EACH ROW
WHEN (OLD.stage <> 'drafting' AND (OLD.words, OLD.case_id, OLD.conference_id, OLD.version) IS DISTINCT FROM
      (NEW.words, NEW.case_id, NEW.conference_id, NEW.version))
EXECUTE FUNCTION agreements_frozen()
"""
SIGNED = """
CREATE FUNCTION agreements_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $signed$
BEGIN
    IF NEW.words IS NULL OR NOT EXISTS (
        SELECT FROM agreements_signature s WHERE s.programme_id = NEW.programme_id AND s.agreement_id = NEW.id
    ) OR EXISTS (
        SELECT FROM agreements_signer w JOIN cases_participation p ON p.programme_id = w.programme_id AND p.id = w.participation_id
        WHERE w.programme_id = NEW.programme_id AND w.agreement_id = NEW.id AND p.left_at IS NULL
          AND w.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = NEW.programme_id AND l.agreement_id = NEW.id)
          AND NOT EXISTS (
              SELECT FROM agreements_signature s
              WHERE s.programme_id = w.programme_id AND s.agreement_id = w.agreement_id AND s.participation_id = w.participation_id
          )
    ) THEN
        RAISE EXCEPTION 'not everyone has signed this'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_signed';
    END IF;
    RETURN NEW;
END $signed$
"""
IN_FORCE = """
CREATE TRIGGER agreement_signed BEFORE UPDATE ON agreements_agreement FOR EACH ROW
WHEN (NEW.stage = 'in_force' AND OLD.stage <> 'in_force') EXECUTE FUNCTION agreements_signed()
"""
GONE = """
DROP TRIGGER agreement_signed ON agreements_agreement;
DROP FUNCTION agreements_signed();
DROP TRIGGER agreement_frozen ON agreements_agreement;
DROP FUNCTION agreements_frozen()
"""


class Migration(migrations.Migration):
    """Laid out to be signed, an agreement keeps its words; it holds once everyone of its last round who is still here has signed."""

    dependencies = [("agreements", "0008_same_case")]

    operations = [migrations.RunSQL([FROZEN, LAID_OUT, SIGNED, IN_FORCE], GONE)]
