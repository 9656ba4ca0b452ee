from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase, SameCase

# A row of attendance names no case of its own; both its ends do.
CAME = """
CREATE FUNCTION conferences_attendance_one_case() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $came$
BEGIN
    IF NOT EXISTS (
        SELECT FROM conferences_conference c JOIN cases_participation p ON p.programme_id = c.programme_id AND p.case_id = c.case_id
        WHERE c.programme_id = NEW.programme_id AND c.id = NEW.conference_id AND p.id = NEW.participation_id
    ) THEN
        RAISE EXCEPTION 'nobody of another case attends'
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'attendance_one_case';
    END IF;
    RETURN NULL;
END $came$
"""
HANGS = """
CREATE TRIGGER attendance_one_case AFTER INSERT OR UPDATE ON conferences_attendance
FOR EACH ROW EXECUTE FUNCTION conferences_attendance_one_case()
"""
GONE = "DROP TRIGGER attendance_one_case ON conferences_attendance; DROP FUNCTION conferences_attendance_one_case()"


class Migration(migrations.Migration):
    """A conference has a booking of its own case, and those who attend it are of that case."""

    dependencies = [("conferences", "0003_steps"), ("cases", "0007_same_case"), ("scheduling", "0004_same_case")]

    operations = [
        KeyOfCase("conference"),
        SameCase("conference", "booking"),
        migrations.RunSQL([CAME, HANGS], GONE),
    ]
