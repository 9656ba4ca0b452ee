from django.db import migrations

RULE = """
CREATE FUNCTION scheduling_rule_of_length() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $rule$
BEGIN
    IF EXISTS (SELECT FROM programmes_programme WHERE id = NEW.programme_id AND NEW.longest > make_interval(mins => max_minutes)) THEN
        RAISE EXCEPTION 'no meeting lasts longer than the programme lets it'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'booking_rule_of_length';
    END IF;
    RETURN NEW;
END $rule$;
CREATE TRIGGER booking_rule_of_length BEFORE INSERT ON scheduling_booking FOR EACH ROW EXECUTE FUNCTION scheduling_rule_of_length()
"""
NO_RULE = "DROP FUNCTION scheduling_rule_of_length() CASCADE"


class Migration(migrations.Migration):
    """How long a meeting may be is the programme's rule on the day it is booked, and the database asks it. What was booked before stays."""

    dependencies = [("scheduling", "0005_rounds"), ("programmes", "0027_calendar_of_days")]

    operations = [migrations.RunSQL(RULE, NO_RULE)]
