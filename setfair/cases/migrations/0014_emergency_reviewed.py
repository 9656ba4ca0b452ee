from django.db import migrations

# Who looks at an emergency has a role here in which one may, is not kept out of the case, and looks after it was opened. Where the case is sealed,
# whoever coordinates is named; or there is nobody else left for whom it is kept.
ANOTHER = """
CREATE OR REPLACE FUNCTION cases_reviewed_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $another$
DECLARE opener uuid; opened timestamptz;
BEGIN
    SELECT user_id, at INTO opener, opened FROM cases_emergency WHERE programme_id = NEW.programme_id AND id = NEW.emergency_id;
    IF opener IS NULL OR NEW."by" IS NULL OR opener = NEW."by" THEN
        RAISE EXCEPTION 'an emergency is looked at by somebody else'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_reviewed_by_another';
    END IF;
    IF NEW.at < opened THEN
        RAISE EXCEPTION 'an emergency is looked at after it was opened'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_reviewed_after';
    END IF;
    IF NOT cases_may_review(NEW.programme_id, NEW.case_id, NEW."by") THEN
        RAISE EXCEPTION 'an emergency is looked at by somebody who may'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_reviewed_by_right';
    END IF;
    RETURN NULL;
END $another$
"""
MAY = """
CREATE FUNCTION cases_may_review(programme uuid, this uuid, whose uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $may$
    WITH leads AS (
        SELECT m.user_id, m.role FROM programmes_membership m JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        WHERE m.programme_id = programme AND m.ended_at IS NULL AND m.role IN ('coordinator', 'supervisor')
    ), named AS (SELECT user_id FROM cases_named WHERE programme_id = programme AND case_id = this AND ended_at IS NULL)
    SELECT NOT EXISTS (SELECT FROM cases_exclusion WHERE programme_id = programme AND case_id = this AND user_id = whose AND ended_at IS NULL)
    AND EXISTS (
        SELECT FROM leads WHERE user_id = whose AND (
            role = 'supervisor'
            OR whose IN (SELECT user_id FROM named)
            OR NOT EXISTS (SELECT FROM cases_seal WHERE programme_id = programme AND case_id = this AND ended_at IS NULL)
            OR NOT EXISTS (SELECT FROM leads WHERE role = 'supervisor' OR user_id IN (SELECT user_id FROM named))
        )
    )
$may$
"""
# A real emergency may last longer than an hour. Whoever opens one case for the third time has been looked at before.
WAITS = """
CREATE FUNCTION cases_emergency_waits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $waits$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('emergency ' || NEW.case_id || NEW.user_id, 0));
    IF 2 < (
        SELECT count(*) FROM cases_emergency e WHERE e.programme_id = NEW.programme_id AND e.case_id = NEW.case_id AND e.user_id = NEW.user_id
        AND NOT EXISTS (SELECT FROM cases_emergencyreview r WHERE r.programme_id = e.programme_id AND r.emergency_id = e.id)
    ) THEN
        RAISE EXCEPTION 'an emergency is looked at before the case is opened once more'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_waits_for_review';
    END IF;
    RETURN NULL;
END $waits$
"""
AS_IT_IS_OPENED = """
CREATE TRIGGER emergency_waits_for_review AFTER INSERT ON cases_emergency
FOR EACH ROW EXECUTE FUNCTION cases_emergency_waits()
"""
BEFORE = """
CREATE OR REPLACE FUNCTION cases_reviewed_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $another$
DECLARE opener uuid;
BEGIN
    SELECT user_id INTO opener FROM cases_emergency WHERE programme_id = NEW.programme_id AND id = NEW.emergency_id;
    IF opener IS NULL OR NEW."by" IS NULL OR opener = NEW."by" THEN
        RAISE EXCEPTION 'an emergency is looked at by somebody else'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'emergency_reviewed_by_another';
    END IF;
    RETURN NULL;
END $another$;
DROP FUNCTION cases_may_review(uuid, uuid, uuid);
DROP TRIGGER emergency_waits_for_review ON cases_emergency; DROP FUNCTION cases_emergency_waits()
"""


class Migration(migrations.Migration):
    """The database holds who may look at an emergency, and that one case is not opened again and again before somebody has."""

    dependencies = [("cases", "0013_emergency_held")]

    operations = [migrations.RunSQL([MAY, ANOTHER, WAITS, AS_IT_IS_OPENED], BEFORE)]
