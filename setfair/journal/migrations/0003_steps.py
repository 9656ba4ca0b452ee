from django.db import migrations

STEP = """
CREATE FUNCTION journal_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $step$
BEGIN
    IF NOT concat(OLD.stage, '>', NEW.stage) = ANY (TG_ARGV) THEN
        RAISE EXCEPTION 'the journey of % has no step from % to %', TG_TABLE_NAME, OLD.stage, NEW.stage
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'journey_step';
    END IF;
    RETURN NEW;
END $step$
"""
START = """
CREATE FUNCTION journal_start() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $start$
BEGIN
    IF NOT NEW.stage = ANY (TG_ARGV) THEN
        RAISE EXCEPTION 'the journey of % does not begin at %', TG_TABLE_NAME, NEW.stage
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'journey_start';
    END IF;
    RETURN NEW;
END $start$
"""
TOLD = """
CREATE FUNCTION journal_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $told$
BEGIN
    IF NOT EXISTS (
        SELECT FROM journal_entry line
        WHERE line.programme_id = NEW.programme_id AND line.subject_id = NEW.id::text AND line.verb = 'moved'
          AND line.subject_kind = TG_ARGV[0] AND line.detail ->> 'was' = OLD.stage AND line.detail ->> 'to' = NEW.stage
          AND age(line.xmin) <= 0
    ) THEN
        RAISE EXCEPTION 'a row of % went from % to % and the journal does not say so', TG_TABLE_NAME, OLD.stage, NEW.stage
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'journey_told';
    END IF;
    RETURN NULL;
END $told$
"""
OWNED = """
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION journal_told() OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION journal_told() FROM PUBLIC, setfair_app;
"""
GONE = "DROP FUNCTION journal_told(); DROP FUNCTION journal_start(); DROP FUNCTION journal_step()"


class Migration(migrations.Migration):
    """What `Steps` hangs on each staged table: the journal's line must be of this very transaction (`age` of its `xmin`), whatever tenant it ends in."""

    dependencies = [("journal", "0002_known_codes")]

    operations = [migrations.RunSQL([STEP, START, TOLD, OWNED], GONE)]
