from django.db import migrations

BOTH = """
CREATE OR REPLACE FUNCTION agreements_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $signed$
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
    ) OR NEW.conference_id IS NULL AND EXISTS (
        SELECT FROM cases_participation p
        WHERE p.programme_id = NEW.programme_id AND p.case_id = NEW.case_id AND p.left_at IS NULL
          AND ('harmed' IN (p.role, p.also) OR 'responsible' IN (p.role, p.also))
          AND NOT EXISTS (
              SELECT FROM agreements_signature s WHERE s.programme_id = p.programme_id AND s.agreement_id = NEW.id AND s.participation_id = p.id
          )
    ) THEN
        RAISE EXCEPTION 'not everyone has signed this'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_signed';
    END IF;
    RETURN NEW;
END $signed$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION agreements_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $signed$
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


class Migration(migrations.Migration):
    """Where they do not meet they agree in turn: it holds once everybody on a side has signed, and not when only those have who read it first."""

    dependencies = [("agreements", "0010_evidence_file"), ("cases", "0019_agree_apart")]

    operations = [migrations.RunSQL(BOTH, BEFORE)]
