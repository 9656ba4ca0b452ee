from importlib import import_module

from django.db import migrations

from setfair.core.walls import Definer

BEFORE = import_module("setfair.agreements.migrations.0049_parts_told")
# No letter goes by itself about a day since which somebody asked for a little more, nor beside that one in the days before it.
BY_DAY = "AND extract(hour FROM moment AT TIME ZONE p.zone) BETWEEN 8 AND 19"
ASKED = """
      AND NOT EXISTS (
        SELECT FROM agreements_evidence e
        WHERE e.programme_id = i.programme_id AND e.asks AND e.item_id IN (SELECT id FROM agreements_chain(i.programme_id, i.id))
          AND (e.at AT TIME ZONE p.zone)::date >= part.day - CASE WHEN part.day < d.today THEN 0 ELSE 3 END)"""
DUE = BEFORE.DUE.replace(BY_DAY, BY_DAY + ASKED)
TWICE = """
CREATE FUNCTION agreements_asked_twice() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $twice$
BEGIN
    IF (SELECT count(*) FROM agreements_evidence e
        WHERE e.programme_id = NEW.programme_id AND e.asks
          AND e.item_id IN (SELECT chain.id FROM agreements_chain(NEW.programme_id, NEW.item_id) chain)) > 2 THEN
        RAISE EXCEPTION 'whoever makes a promise is asked for a little more twice at most'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'evidence_asks_twice';
    END IF;
    RETURN NULL;
END $twice$;
CREATE TRIGGER evidence_asks_twice AFTER INSERT ON agreements_evidence
    FOR EACH ROW WHEN (NEW.asks) EXECUTE FUNCTION agreements_asked_twice()
"""
OFTEN = "DROP FUNCTION agreements_asked_twice() CASCADE"


class Migration(migrations.Migration):
    """Whoever is asked for a little more is asked twice at most, and by nobody else at the same time."""

    dependencies = [("agreements", "0049_parts_told")]

    operations = [
        migrations.RunSQL(TWICE, OFTEN),
        Definer("promises_due(moment timestamptz, most integer)", "TABLE (programme_id uuid, item_id uuid)", DUE),
    ]
