from django.db import migrations

# At the end of the transaction that closes a case: everyone harmed who is here has heard since the last thing that they may hear of, as much as
# they wish to hear, wants nothing, or was tried in vain (`news_was_tried`). `outcomes.queries.untold` asks the same.
TOLD = """
CREATE FUNCTION outcomes_all_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $told$
BEGIN
    IF EXISTS (SELECT FROM cases_case WHERE programme_id = NEW.programme_id AND id = NEW.id AND stage = 'closed') AND EXISTS (
        SELECT FROM cases_participation p
        JOIN programmes_programme here ON here.id = p.programme_id
        LEFT JOIN LATERAL (
            SELECT w.choice FROM outcomes_newswish w WHERE w.programme_id = p.programme_id AND w.participation_id = p.id
            ORDER BY w.at DESC, w.id DESC LIMIT 1
        ) wish ON true
        LEFT JOIN LATERAL (
            SELECT n.way, n.at, n.told_on FROM outcomes_news n
            WHERE n.programme_id = p.programme_id AND n.participation_id = p.id AND (n.way <> 'not_wanted' OR wish.choice IS NULL)
            ORDER BY n.at DESC, n.id DESC LIMIT 1
        ) news ON true
        CROSS JOIN LATERAL (
            SELECT max(j.at) AS any_at, max(j.at) FILTER (WHERE j.detail ->> 'to' IN ('missed', 'partly')) AS wrong_at FROM journal_entry j
            WHERE j.programme_id = p.programme_id AND j.case_id = p.case_id AND j.subject_kind = 'agreements.item' AND j.verb = 'moved'
              AND j.detail ->> 'to' IN ('verified', 'waived', 'replaced', 'partly', 'missed') AND coalesce(j.detail ->> 'reason', '') <> 'new_version'
              AND NOT EXISTS (
                  SELECT FROM agreements_item i
                  WHERE i.programme_id = j.programme_id AND i.case_id = j.case_id AND i.reach = 'some' AND i.id::text = j.subject_id
                    AND NOT agreements_reaches(i.programme_id, i.id, p.id))
        ) settled
        CROSS JOIN LATERAL (
            SELECT CASE WHEN wish.choice = 'wrong' THEN settled.wrong_at ELSE greatest(
                settled.any_at,
                (SELECT max(k.ended_at) FROM conferences_conference k
                 WHERE k.programme_id = p.programme_id AND k.case_id = p.case_id AND k.stage = 'concluded'),
                (SELECT max(r.at) FROM agreements_result r
                 WHERE r.programme_id = p.programme_id AND r.case_id = p.case_id AND r.conference_id IS NULL)
            ) END AS at
        ) turned
        WHERE p.programme_id = NEW.programme_id AND p.case_id = NEW.id AND p.left_at IS NULL AND 'harmed' IN (p.role, p.also)
          AND wish.choice IS DISTINCT FROM 'none' AND (wish.choice IS DISTINCT FROM 'wrong' OR turned.at IS NOT NULL)
          AND (news.at IS NULL OR (news.way <> 'not_wanted' AND (
              news.at <= turned.at OR news.told_on < (turned.at AT TIME ZONE here.zone)::date)))
    ) THEN
        RAISE EXCEPTION 'somebody who was harmed has not been told how it went'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'told_before_it_closes';
    END IF;
    RETURN NULL;
END $told$;
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION outcomes_all_told() OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION outcomes_all_told() FROM PUBLIC, setfair_app;
CREATE CONSTRAINT TRIGGER told_before_it_closes AFTER UPDATE ON cases_case DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND NEW.stage = 'closed') EXECUTE FUNCTION outcomes_all_told()
"""
NOT_TOLD = "DROP FUNCTION outcomes_all_told() CASCADE"


class Migration(migrations.Migration):
    """No case closes before everyone harmed has been told, whoever writes it."""

    dependencies = [
        ("agreements", "0045_words_let_pass"),
        ("cases", "0024_stepped_out_default"),
        ("conferences", "0018_a_code"),
        ("outcomes", "0014_how_much_news"),
    ]

    operations = [migrations.RunSQL(TOLD, NOT_TOLD)]
