from django.db import migrations

SAYS = """
CREATE FUNCTION programmes_may_vouch(here uuid, who uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $may$
    SELECT EXISTS (
        SELECT FROM programmes_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.programme_id = here AND m.user_id = who AND m.role IN ('coordinator', 'supervisor') AND m.ended_at IS NULL AND u.is_active
    )
$may$
"""
WORD = """
CREATE FUNCTION programmes_vouched() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $vouched$
BEGIN
    IF NEW."by" = NEW.account_id OR (NEW."by" IS NOT NULL AND NOT programmes_may_vouch(NEW.programme_id, NEW."by")) THEN
        RAISE EXCEPTION 'this is for others to say'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'vouch_by_another';
    END IF;
    IF (SELECT coalesce(array_agg(DISTINCT m.user_id), '{}') FROM programmes_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.programme_id = NEW.programme_id AND m.role = 'administrator' AND m.ended_at IS NULL AND u.is_active)
       <> ARRAY[NEW.account_id] THEN
        RAISE EXCEPTION 'this is not the only administrator'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'vouch_for_the_last';
    END IF;
    RETURN NULL;
END $vouched$
"""
BY_TWO = """
CREATE FUNCTION programmes_step_reset() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $reset$
DECLARE
    voices integer;
    others integer;
BEGIN
    IF NEW."by" IS NOT NULL THEN
        IF NEW."by" = NEW.account_id OR NOT EXISTS (
            SELECT FROM programmes_membership m JOIN accounts_user u ON u.id = m.user_id
            WHERE m.programme_id = NEW.programme_id AND m.user_id = NEW."by" AND m.role = 'administrator' AND m.ended_at IS NULL AND u.is_active
        ) THEN
            RAISE EXCEPTION 'another administrator takes it away'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_reset_by_another';
        END IF;
        RETURN NULL;
    END IF;
    SELECT count(DISTINCT coalesce(v."by"::text, 'server')) INTO voices FROM programmes_vouch v
    WHERE v.programme_id = NEW.programme_id AND v.account_id = NEW.account_id AND v.at > NEW.at - interval '1 day' AND v.at <= NEW.at
      AND (v."by" IS NULL OR (v."by" <> NEW.account_id AND programmes_may_vouch(v.programme_id, v."by")))
      AND v.at > coalesce((
          SELECT max(r.at) FROM programmes_stepreset r WHERE r.programme_id = NEW.programme_id AND r.account_id = NEW.account_id AND r.id <> NEW.id
      ), '-infinity');
    SELECT count(DISTINCT m.user_id) INTO others FROM programmes_membership m
    WHERE m.programme_id = NEW.programme_id AND m.user_id <> NEW.account_id AND programmes_may_vouch(m.programme_id, m.user_id);
    IF EXISTS (SELECT FROM memberships_of(NEW.account_id) e WHERE e.programme_id <> NEW.programme_id) THEN
        others := 0;
    END IF;
    IF voices < least(2, others + 1) THEN
        RAISE EXCEPTION 'two people have to say so'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_reset_by_two';
    END IF;
    RETURN NULL;
END $reset$
"""
HUNG = """
CREATE TRIGGER vouch_by_another AFTER INSERT ON programmes_vouch FOR EACH ROW EXECUTE FUNCTION programmes_vouched();
CREATE TRIGGER step_reset_by_two AFTER INSERT ON programmes_stepreset FOR EACH ROW EXECUTE FUNCTION programmes_step_reset()
"""
GONE = """
DROP TRIGGER step_reset_by_two ON programmes_stepreset;
DROP FUNCTION programmes_step_reset();
DROP TRIGGER vouch_by_another ON programmes_vouch;
DROP FUNCTION programmes_vouched();
DROP FUNCTION programmes_may_vouch(uuid, uuid)
"""


class Migration(migrations.Migration):
    """The only administrator is helped back in by two different people who may, and neither is the one who is helped; anybody else by
    another administrator."""

    dependencies = [("programmes", "0009_glance")]

    operations = [migrations.RunSQL([SAYS, WORD, BY_TWO, HUNG], GONE)]
