from django.db import migrations, models

import setfair.core.clock

READ_ONLY = """
REVOKE ALL ON vault_epoch FROM PUBLIC, setfair_app;
GRANT SELECT ON vault_epoch TO setfair_app;
GRANT SELECT, INSERT, UPDATE ON vault_epoch TO setfair_system;
"""
NOW = "INSERT INTO vault_epoch (number, began_at, marks) SELECT coalesce(max(epoch), 1), now(), '' FROM vault_datakey"
NEWEST = """
CREATE FUNCTION vault_newest() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $newest$
BEGIN
    IF NEW.epoch < (SELECT max(number) FROM vault_epoch) THEN
        RETURN NULL;  -- whoever seals looks for the newer key and comes again
    END IF;
    RETURN NEW;
END $newest$;
CREATE TRIGGER newest BEFORE INSERT ON vault_datakey FOR EACH ROW EXECUTE FUNCTION vault_newest();
"""
SHRED = """
CREATE FUNCTION vault_shred(owners uuid[], moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $shred$
DECLARE
    gone integer;
BEGIN
    DELETE FROM vault_datakey WHERE programme_id = nullif(current_setting('app.programme', true), '')::uuid AND id = ANY (owners);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        UPDATE vault_epoch SET shredded_at = moment WHERE shredded_at IS NULL AND number = (SELECT max(number) FROM vault_epoch);
    END IF;
    RETURN gone;
END $shred$;
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION vault_shred(uuid[], timestamptz) OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION vault_shred(uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_shred(uuid[], timestamptz) TO setfair_app;
"""
GONE = """
DROP FUNCTION vault_shred(uuid[], timestamptz);
DROP TRIGGER newest ON vault_datakey;
DROP FUNCTION vault_newest();
"""


class Migration(migrations.Migration):
    """Keys still stay for the application: the one way to destroy some is a function that looks at the programme and writes down that a rotation is owed."""

    dependencies = [("vault", "0002_keys_stay")]

    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(default=setfair.core.clock.now)),
                ("marks", models.CharField(blank=True, max_length=64)),
                ("shredded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL([READ_ONLY, NOW, NEWEST, SHRED], GONE),
    ]
