from django.db import migrations

WENT = """
CREATE FUNCTION conferences_went() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $went$
BEGIN
    PERFORM pg_notify('circle', NEW.programme_id || ' ' || NEW.conference_id || ' who');
    RETURN NULL;
END $went$
"""
PASS = """
CREATE FUNCTION conferences_pass_ended() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $pass$
BEGIN
    PERFORM pg_notify('circle', k.programme_id || ' ' || k.id || ' who')
    FROM conferences_conference k JOIN cases_participation p ON p.programme_id = k.programme_id AND p.case_id = k.case_id
    WHERE p.id = NEW.bearer_id AND k.stage IN ('planned', 'live');
    RETURN NULL;
END $pass$
"""
ROLE = """
CREATE FUNCTION conferences_role_ended() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $role$
BEGIN
    PERFORM pg_notify('circle', programme_id || ' ' || id || ' who') FROM conferences_conference
    WHERE programme_id = NEW.programme_id AND stage IN ('planned', 'live');
    RETURN NULL;
END $role$
"""
ENDS = (
    "CREATE TRIGGER attendance_went AFTER INSERT ON conferences_attendance FOR EACH ROW WHEN (NOT NEW.came) EXECUTE FUNCTION conferences_went()",
    "CREATE TRIGGER pass_ended AFTER UPDATE ON accounts_pass FOR EACH ROW "
    "WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL AND NEW.bearer = 'participation') EXECUTE FUNCTION conferences_pass_ended()",
    "CREATE TRIGGER role_ended AFTER UPDATE ON programmes_membership FOR EACH ROW "
    "WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION conferences_role_ended()",
)
GONE = """
DROP TRIGGER role_ended ON programmes_membership;
DROP TRIGGER pass_ended ON accounts_pass;
DROP TRIGGER attendance_went ON conferences_attendance;
DROP FUNCTION conferences_role_ended();
DROP FUNCTION conferences_pass_ended();
DROP FUNCTION conferences_went()
"""


class Migration(migrations.Migration):
    """Lines that are open end, too, when somebody has left the room, when a code or link is taken back, and when a role in the programme ends."""

    dependencies = [("conferences", "0011_debrief"), ("accounts", "0016_feed"), ("programmes", "0039_good_promises")]

    operations = [migrations.RunSQL([WENT, PASS, ROLE, *ENDS], GONE)]
