import uuid

import django.db.models.functions.datetime
from django.db import migrations, models

OURS_ALONE = """
REVOKE ALL ON programmes_serverword FROM PUBLIC, setfair_app;
GRANT SELECT, DELETE ON programmes_serverword TO setfair_system
"""
SAID = """
CREATE FUNCTION programmes_server_said() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $said$
DECLARE
    words integer;
BEGIN
    DELETE FROM programmes_serverword WHERE about = NEW.programme_id AND said_at > clock_timestamp() - interval '2 minutes';
    GET DIAGNOSTICS words = ROW_COUNT;
    IF words = 0 THEN
        RAISE EXCEPTION 'whoever runs the server says so from there'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'vouch_by_the_server';
    END IF;
    RETURN NULL;
END $said$
"""
RESET = """
CREATE FUNCTION programmes_reset_said() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $said$
BEGIN
    IF NOT EXISTS (
        SELECT FROM programmes_stepreset r WHERE r.account_id = NEW.account_id AND r."by" IS NOT DISTINCT FROM NEW."by" AND age(r.xmin) <= 0
    ) THEN
        RAISE EXCEPTION 'nobody of a team took this second step away'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'step_gone_reset';
    END IF;
    RETURN NULL;
END $said$;
CREATE TRIGGER step_gone_reset AFTER INSERT ON accounts_stepgone FOR EACH ROW WHEN (NEW.why = 'reset') EXECUTE FUNCTION programmes_reset_said()
"""
OWNED = """
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION programmes_server_said() OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION programmes_server_said() FROM PUBLIC, setfair_app;
CREATE TRIGGER vouch_by_the_server AFTER INSERT ON programmes_vouch FOR EACH ROW WHEN (NEW."by" IS NULL) EXECUTE FUNCTION programmes_server_said()
"""
GONE = """
DROP TRIGGER step_gone_reset ON accounts_stepgone;
DROP FUNCTION programmes_reset_said();
DROP TRIGGER vouch_by_the_server ON programmes_vouch;
DROP FUNCTION programmes_server_said()
"""


class Migration(migrations.Migration):
    """The server's own word for an administrator begins with a row that only the owner of the tables can write: the web's role has no right to it.
    What a team takes away, it says so in the same transaction."""

    dependencies = [("programmes", "0013_once_here"), ("accounts", "0014_step_gone")]

    operations = [
        migrations.CreateModel(
            name="ServerWord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about", models.UUIDField()),
                ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL([OURS_ALONE, SAID, OWNED, RESET], GONE),
    ]
