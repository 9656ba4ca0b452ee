from django.db import migrations

BEAT = """
CREATE FUNCTION agreements_beat() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $beat$
DECLARE promise record;
BEGIN
    promise := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    UPDATE conferences_conference c SET beat = c.beat + 1 FROM agreements_agreement a
    WHERE a.programme_id = promise.programme_id AND a.id = promise.agreement_id
      AND c.programme_id = a.programme_id AND c.id = a.conference_id AND c.stage = 'live';
    RETURN NULL;
END $beat$
"""
TOLD = "CREATE TRIGGER item_beat AFTER INSERT OR UPDATE OR DELETE ON agreements_item FOR EACH ROW EXECUTE FUNCTION agreements_beat()"
GONE = "DROP TRIGGER item_beat ON agreements_item; DROP FUNCTION agreements_beat()"


class Migration(migrations.Migration):
    """What is promised while the circle sits is a beat of it: the draft on the table follows."""

    dependencies = [("agreements", "0015_copies_that_last"), ("conferences", "0005_beat")]

    operations = [migrations.RunSQL([BEAT, TOLD], GONE)]
