from django.db import migrations

# Since the last circle ended, or the last promise was settled or missed: only then is there something to tell.
TRIED = """
CREATE FUNCTION outcomes_tried() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $tried$
DECLARE
    turned date;
BEGIN
    SELECT (greatest(
        (SELECT max(k.ended_at) FROM conferences_conference k
         WHERE k.programme_id = NEW.programme_id AND k.case_id = NEW.case_id AND k.stage = 'concluded'),
        (SELECT max(j.at) FROM journal_entry j
         WHERE j.programme_id = NEW.programme_id AND j.case_id = NEW.case_id AND j.subject_kind = 'agreements.item' AND j.verb = 'moved'
           AND j.detail ->> 'to' IN ('verified', 'waived', 'replaced', 'partly', 'missed')
           AND coalesce(j.detail ->> 'reason', '') <> 'new_version')
    ) AT TIME ZONE p.zone)::date INTO turned FROM programmes_programme p WHERE p.id = NEW.programme_id;
    IF (SELECT count(DISTINCT t."on") FROM preparation_attempt t
        WHERE t.programme_id = NEW.programme_id AND t.participation_id = NEW.participation_id AND t.way <> '' AND t.result <> 'spoke'
          AND (turned IS NULL OR t."on" >= turned)) < 3 THEN
        RAISE EXCEPTION 'nobody tried three times to reach them'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'news_was_tried';
    END IF;
    RETURN NEW;
END $tried$;
CREATE TRIGGER news_was_tried BEFORE INSERT ON outcomes_news FOR EACH ROW WHEN (NEW.way = 'not_reached') EXECUTE FUNCTION outcomes_tried()
"""
NOT_TRIED = "DROP TRIGGER news_was_tried ON outcomes_news; DROP FUNCTION outcomes_tried()"


class Migration(migrations.Migration):
    """That somebody could not be reached stands only on three tries that were written down, each on a day of its own."""

    dependencies = [
        ("agreements", "0029_said_once"),
        ("conferences", "0018_a_code"),
        ("outcomes", "0006_agreed_to_differ"),
        ("preparation", "0029_given_by_a_room"),
    ]

    operations = [migrations.RunSQL(TRIED, NOT_TRIED)]
