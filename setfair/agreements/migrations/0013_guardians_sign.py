from django.db import migrations

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
    ) OR NEW.conference_id IS NULL AND EXISTS (
        SELECT FROM cases_participation p
        WHERE p.programme_id = NEW.programme_id AND p.case_id = NEW.case_id AND p.left_at IS NULL
          AND ('harmed' IN (p.role, p.also) OR 'responsible' IN (p.role, p.also))
          AND NOT EXISTS (
              SELECT FROM agreements_signature s WHERE s.programme_id = p.programme_id AND s.agreement_id = NEW.id AND s.participation_id = p.id
          )
    ) {guardians}THEN
        RAISE EXCEPTION 'not everyone has signed this'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_signed';
    END IF;
    RETURN NEW;
END $signed$
"""
GUARDIANS = """OR EXISTS (
        SELECT FROM agreements_signer w
        JOIN cases_participation child ON child.programme_id = w.programme_id AND child.id = w.participation_id
        JOIN people_person young ON young.programme_id = child.programme_id AND young.id = child.person_id
        JOIN cases_participation g ON g.programme_id = child.programme_id AND g.stands_by_id = child.id
        WHERE w.programme_id = NEW.programme_id AND w.agreement_id = NEW.id AND child.left_at IS NULL
          AND w.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = NEW.programme_id AND l.agreement_id = NEW.id)
          AND g.has_authority AND g.left_at IS NULL
          AND (young.of_age_at IS NULL OR young.of_age_at > clock_timestamp())
          AND NOT EXISTS (
              SELECT FROM agreements_signature s WHERE s.programme_id = g.programme_id AND s.agreement_id = NEW.id AND s.participation_id = g.id
          )
    ) """


class Migration(migrations.Migration):
    """Nothing holds on the yes of a young person alone: whoever decides for one who signs has signed too, whether they came or not."""

    dependencies = [("agreements", "0012_bars"), ("cases", "0019_agree_apart"), ("people", "0006_turns_18")]

    operations = [migrations.RunSQL(BEFORE.replace("{guardians}", GUARDIANS), BEFORE.replace("{guardians}", ""))]
