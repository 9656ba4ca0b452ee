from django.db import migrations

# Whoever opened a sealed case in an emergency does not find for themselves that it was right.
ANOTHER = """
CREATE FUNCTION cases_reviewed_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $another$
DECLARE opener uuid;
BEGIN
    SELECT user_id INTO opener FROM cases_emergency WHERE programme_id = NEW.programme_id AND id = NEW.emergency_id;
    IF opener IS NULL OR NEW."by" IS NULL OR opener = NEW."by" THEN
        RAISE EXCEPTION 'an emergency is looked at by somebody else'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_reviewed_by_another';
    END IF;
    RETURN NULL;
END $another$
"""
SAID_BY = """
CREATE TRIGGER emergency_reviewed_by_another AFTER INSERT OR UPDATE ON cases_emergencyreview
FOR EACH ROW EXECUTE FUNCTION cases_reviewed_by_another()
"""
# The page is served only with its line of the journal; the line is taken only from whoever opened the case, and only within their hour.
IN_TIME = """
CREATE FUNCTION cases_read_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $in_time$
BEGIN
    IF NOT EXISTS (
        SELECT FROM cases_emergency
        WHERE programme_id = NEW.programme_id AND id::text = NEW.subject_id AND case_id = NEW.case_id AND user_id = NEW.actor_id
        AND NEW.at >= at AND NEW.at < until
    ) THEN
        RAISE EXCEPTION 'an emergency is read by whoever opened it, and for an hour'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_read_in_time';
    END IF;
    RETURN NULL;
END $in_time$
"""
AS_IT_IS_TOLD = """
CREATE TRIGGER emergency_read_in_time AFTER INSERT ON journal_entry
FOR EACH ROW WHEN (NEW.verb = 'read_in_emergency') EXECUTE FUNCTION cases_read_in_time()
"""
GONE = """
DROP TRIGGER emergency_reviewed_by_another ON cases_emergencyreview; DROP FUNCTION cases_reviewed_by_another();
DROP TRIGGER emergency_read_in_time ON journal_entry; DROP FUNCTION cases_read_in_time()
"""


class Migration(migrations.Migration):
    """The database holds who looks at an emergency, and for how long one is read."""

    dependencies = [("cases", "0012_no_say"), ("journal", "0005_looks")]

    operations = [migrations.RunSQL([ANOTHER, SAID_BY, IN_TIME, AS_IT_IS_TOLD], GONE)]
