from django.db import migrations

FORGET = """
CREATE FUNCTION keeping_forget_alarm(this uuid) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $forget$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
BEGIN
    PERFORM FROM safety_alarm a WHERE a.programme_id = here AND a.id = this AND a.case_id IS NULL AND a.referral_id IS NULL AND EXISTS (
        SELECT FROM safety_step s WHERE s.programme_id = here AND s.alarm_id = this AND s.code = 'closed' AND s.at::date + 365 <= current_date + 1
    ) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this alarm is not to be forgotten now' USING ERRCODE = 'check_violation', CONSTRAINT = 'keeping_due';
    END IF;
    RETURN keeping_remove('safety_alarm', ARRAY[this]);
END $forget$
"""
NAME = "keeping_forget_alarm(uuid)"
OWNED = [
    "GRANT CREATE ON SCHEMA public TO setfair_system",
    f"ALTER FUNCTION {NAME} OWNER TO setfair_system",
    "REVOKE CREATE ON SCHEMA public FROM setfair_system",
    f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC, setfair_app",
    f"GRANT EXECUTE ON FUNCTION {NAME} TO setfair_app",
]


class Migration(migrations.Migration):
    """An alarm of no case goes a year after it ended, as the database looks up itself; one of a case goes with it."""

    dependencies = [("keeping", "0010_sources"), ("safety", "0002_heard")]

    operations = [migrations.RunSQL([FORGET, *OWNED], f"DROP FUNCTION {NAME}")]
