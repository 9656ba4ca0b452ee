from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION vault_shred(owners uuid[], moment timestamptz) RETURNS integer
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
"""
ONLY_WHAT_IS_GONE = """
CREATE OR REPLACE FUNCTION vault_shred(owners uuid[], moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $shred$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    leads record;
    stands boolean;
    gone integer;
BEGIN
    PERFORM FROM vault_datakey WHERE programme_id = here AND id = ANY (owners) FOR UPDATE;
    FOR leads IN
        SELECT c.relname AS child, a.attname AS key FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped
        JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'programme_id' AND NOT p.attisdropped
        JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' AND i.atttypid = 'uuid'::regtype AND NOT i.attisdropped
        WHERE c.relkind = 'r' AND c.relname <> 'vault_datakey'
        AND a.attname IN ('id', 'case_id', 'of_case', 'reader_id', 'owner_id', 'person_id', 'referral_id')
        ORDER BY 1, 2
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE programme_id = $1 AND %I = ANY($2))', leads.child, leads.key) INTO stands USING here, owners;
        IF stands THEN
            RAISE EXCEPTION 'something of these still stands in %', leads.child USING ERRCODE = 'check_violation', CONSTRAINT = 'vault_shred_gone';
        END IF;
    END LOOP;
    DELETE FROM vault_datakey WHERE programme_id = here AND id = ANY (owners);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        UPDATE vault_epoch SET shredded_at = moment WHERE shredded_at IS NULL AND number = (SELECT max(number) FROM vault_epoch);
    END IF;
    RETURN gone;
END $shred$;
"""
GROUP = """
CREATE FUNCTION keeping_group(its_case uuid, its_request uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $group$
    SELECT CASE
        WHEN o.reason IN ('completed', 'completed_varied', 'part_completed', 'no_agreement', 'indirect') THEN 'kept'
        WHEN o.reason = 'not_completed' THEN 'broken'
        WHEN o.reason IN ('ended_harmed', 'ended_responsible', 'new_matter', 'transferred') THEN 'ended'
        WHEN o.reason IN ('declined_at_contact', 'no_contact_possible', 'not_suitable') THEN 'never'
    END
    FROM outcomes_closure o WHERE o.programme_id = nullif(current_setting('app.programme', true), '')::uuid AND o.case_id = its_case
    UNION ALL
    SELECT CASE r.stage WHEN 'declined' THEN 'declined' WHEN 'withdrawn' THEN 'taken_back' END
    FROM referrals_referral r WHERE r.programme_id = nullif(current_setting('app.programme', true), '')::uuid AND r.id = its_request
$group$
"""
DUE = """
CREATE OR REPLACE FUNCTION keeping_is_due(its_case uuid, its_request uuid, ended timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $due$
    WITH here AS (SELECT nullif(current_setting('app.programme', true), '')::uuid AS programme),
    told AS (
        SELECT n.at, n.forget_on, coalesce(
            (SELECT r.days FROM keeping_rule r WHERE r.programme_id = n.programme_id AND r."group" = n."group" ORDER BY r.at DESC, r.id DESC LIMIT 1),
            CASE WHEN n."group" IN ('declined', 'taken_back') THEN 30 ELSE 365 END
        ) AS days
        FROM keeping_notice n, here WHERE n.programme_id = here.programme AND (n.case_id = its_case OR n.referral_id = its_request){of_its_group}
    )
    SELECT EXISTS (
        SELECT FROM keeping_answer a JOIN keeping_asking k ON k.programme_id = a.programme_id AND k.id = a.asking_id, here
        WHERE a.programme_id = here.programme AND k.referral_id = its_request AND k.wants = 'forget' AND a.how = 'granted'
    ) AND NOT keeping_is_held(its_case, its_request) OR EXISTS (
        SELECT FROM told WHERE told.forget_on <= current_date + 1 AND ended::date + told.days <= current_date + 1
        AND told.at::date + least(14, told.days) <= current_date + 1
    ) AND NOT EXISTS (
        SELECT FROM keeping_longer l, here
        WHERE l.programme_id = here.programme AND (l.case_id = its_case OR l.referral_id = its_request) AND l.until > current_date
    ) AND NOT keeping_is_held(its_case, its_request)
$due$
"""
OWNED = [
    "GRANT CREATE ON SCHEMA public TO setfair_system",
    "ALTER FUNCTION keeping_group(uuid, uuid) OWNER TO setfair_system",
    "REVOKE CREATE ON SCHEMA public FROM setfair_system",
    "REVOKE ALL ON FUNCTION keeping_group(uuid, uuid) FROM PUBLIC, setfair_app",
]


class Migration(migrations.Migration):
    """A key goes only when nothing of its case, person or request stands any more; and a warning counts only under the rule by which its case ended."""

    dependencies = [
        ("keeping", "0005_strays"),
        ("vault", "0003_epochs"),
        ("letters", "0009_shared_ends"),
        ("outcomes", "0001_initial"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [ONLY_WHAT_IS_GONE, GROUP, DUE.format(of_its_group='\n        AND n."group" = keeping_group(its_case, its_request)'), *OWNED],
            [DUE.format(of_its_group=""), "DROP FUNCTION keeping_group(uuid, uuid)", BEFORE],
        )
    ]
