from django.db import migrations

BY_TWO = """
CREATE OR REPLACE FUNCTION programmes_step_reset() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $reset$
DECLARE
    elsewhere boolean := EXISTS (SELECT FROM memberships_of(NEW.account_id) e WHERE e.programme_id <> NEW.programme_id);
    voices text[];
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
        IF elsewhere THEN
            RAISE EXCEPTION 'they work in another programme as well'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_reset_elsewhere';
        END IF;
        RETURN NULL;
    END IF;
    SELECT coalesce(array_agg(DISTINCT coalesce(v."by"::text, 'server')), '{}') INTO voices FROM programmes_vouch v
    WHERE v.programme_id = NEW.programme_id AND v.account_id = NEW.account_id AND v.at > NEW.at - interval '1 day' AND v.at <= NEW.at
      AND (v."by" IS NULL OR (v."by" <> NEW.account_id AND programmes_may_vouch(v.programme_id, v."by")))
      AND v.at > coalesce((
          SELECT max(r.at) FROM programmes_stepreset r WHERE r.programme_id = NEW.programme_id AND r.account_id = NEW.account_id AND r.id <> NEW.id
      ), '-infinity');
    SELECT count(DISTINCT m.user_id) INTO others FROM programmes_membership m
    WHERE m.programme_id = NEW.programme_id AND m.user_id <> NEW.account_id AND programmes_may_vouch(m.programme_id, m.user_id);
    IF elsewhere AND NOT 'server' = ANY (voices) THEN
        RAISE EXCEPTION 'whoever runs the server has to say so'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_reset_elsewhere';
    END IF;
    IF NOT elsewhere AND cardinality(voices) < least(2, others + 1) THEN
        RAISE EXCEPTION 'two people have to say so'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_reset_by_two';
    END IF;
    RETURN NULL;
END $reset$
"""


class Migration(migrations.Migration):
    """The second step of somebody who works in another programme as well is taken away by whoever runs the server, and by no team."""

    dependencies = [("programmes", "0011_device")]

    operations = [migrations.RunSQL(BY_TWO, migrations.RunSQL.noop)]
