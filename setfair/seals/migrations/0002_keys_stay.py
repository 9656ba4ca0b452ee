from django.db import migrations

STAYS = """
CREATE FUNCTION seals_key_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
BEGIN
    RAISE EXCEPTION 'what was sealed with this key is read by it'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'seal_key_stays';
END $stays$
"""
AS_IT_IS = """
CREATE TRIGGER seal_key_stays BEFORE UPDATE ON seals_sealkey FOR EACH ROW
WHEN (OLD.ended_at IS NOT NULL OR (OLD.programme_id, OLD.number, OLD.root, OLD.certificate, OLD.made_at) IS DISTINCT FROM
      (NEW.programme_id, NEW.number, NEW.root, NEW.certificate, NEW.made_at))
EXECUTE FUNCTION seals_key_stays()
"""
FOR_GOOD = "CREATE TRIGGER seal_key_there BEFORE DELETE ON seals_sealkey FOR EACH ROW EXECUTE FUNCTION seals_key_stays()"
GONE = """
DROP TRIGGER seal_key_there ON seals_sealkey;
DROP TRIGGER seal_key_stays ON seals_sealkey;
DROP FUNCTION seals_key_stays()
"""


class Migration(migrations.Migration):
    """The certificates of a key stay as they are and for good; all that can happen to it is that it ends, once."""

    dependencies = [("seals", "0001_initial")]

    operations = [migrations.RunSQL([STAYS, AS_IT_IS, FOR_GOOD], GONE)]
