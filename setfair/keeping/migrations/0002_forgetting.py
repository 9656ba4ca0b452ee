from django.db import migrations

REMOVE = """
CREATE FUNCTION keeping_remove(of_table text, ids uuid[]) RETURNS uuid[] LANGUAGE plpgsql SET search_path = pg_catalog, public AS $remove$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    gone uuid[] := coalesce(ids, '{}');
    hangs record;
    below uuid[];
BEGIN
    IF gone = '{}' THEN
        RETURN gone;
    END IF;
    FOR hangs IN
        SELECT DISTINCT c.relname AS child, a.attname AS key FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[array_length(k.conkey, 1)]
        WHERE k.contype = 'f' AND k.confrelid = of_table::regclass AND k.conrelid <> k.confrelid
        ORDER BY 1, 2
    LOOP
        EXECUTE format('SELECT array_agg(id) FROM %I WHERE programme_id = $1 AND %I = ANY($2)', hangs.child, hangs.key) INTO below USING here, ids;
        gone := gone || keeping_remove(hangs.child, below);
    END LOOP;
    EXECUTE format('DELETE FROM %I WHERE programme_id = $1 AND id = ANY($2)', of_table) USING here, ids;
    RETURN gone;
END $remove$
"""
LOOSE = """
CREATE FUNCTION keeping_remove_loose(ids uuid[]) RETURNS uuid[] LANGUAGE plpgsql SET search_path = pg_catalog, public AS $loose$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    gone uuid[] := ids;
    leads record;
    below uuid[];
BEGIN
    FOR leads IN
        SELECT c.relname AS child, a.attname AS key FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped
        JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'programme_id' AND NOT p.attisdropped
        JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' AND i.atttypid = 'uuid'::regtype AND NOT i.attisdropped
        WHERE c.relkind = 'r' AND a.attname IN ('case_id', 'reader_id', 'bearer_id', 'occupant', 'person_id', 'participation_id', 'referral_id')
        ORDER BY 1, 2
    LOOP
        EXECUTE format('SELECT array_agg(id) FROM %I WHERE programme_id = $1 AND %I = ANY($2)', leads.child, leads.key) INTO below USING here, ids;
        gone := gone || keeping_remove(leads.child, below);
    END LOOP;
    RETURN gone;
END $loose$
"""
DUE = """
CREATE FUNCTION keeping_is_due(its_case uuid, its_request uuid, ended timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $due$
    WITH here AS (SELECT nullif(current_setting('app.programme', true), '')::uuid AS programme),
    told AS (
        SELECT n.at, n.forget_on, coalesce(
            (SELECT r.days FROM keeping_rule r WHERE r.programme_id = n.programme_id AND r."group" = n."group" ORDER BY r.at DESC, r.id DESC LIMIT 1),
            CASE WHEN n."group" IN ('declined', 'taken_back') THEN 30 ELSE 365 END
        ) AS days
        FROM keeping_notice n, here WHERE n.programme_id = here.programme AND (n.case_id = its_case OR n.referral_id = its_request)
    )
    SELECT EXISTS (
        SELECT FROM told WHERE told.forget_on <= current_date + 1 AND ended::date + told.days <= current_date + 1
        AND told.at::date + least(14, told.days) <= current_date + 1
    ) AND NOT EXISTS (
        SELECT FROM keeping_longer l, here
        WHERE l.programme_id = here.programme AND (l.case_id = its_case OR l.referral_id = its_request) AND l.until > current_date
    ) AND NOT keeping_is_held(its_case, its_request)
$due$
"""
HELD = """
CREATE FUNCTION keeping_is_held(its_case uuid, its_request uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $held$
    SELECT EXISTS (
        SELECT FROM keeping_legalhold h
        WHERE h.programme_id = nullif(current_setting('app.programme', true), '')::uuid
        AND (h.case_id = its_case OR h.referral_id = its_request)
        AND NOT EXISTS (SELECT FROM keeping_lifting u WHERE u.programme_id = h.programme_id AND u.hold_id = h.id)
    )
$held$
"""
FORGET_CASE = """
CREATE FUNCTION keeping_forget_case(this uuid) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $forget$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    request uuid;
    people uuid[];
    gone uuid[];
BEGIN
    SELECT c.referral_id INTO request FROM cases_case c JOIN outcomes_closure o ON o.programme_id = c.programme_id AND o.case_id = c.id
    WHERE c.programme_id = here AND c.id = this AND c.stage = 'closed' AND keeping_is_due(c.id, NULL, o.at)
    FOR UPDATE OF c;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this case is not to be forgotten now' USING ERRCODE = 'check_violation', CONSTRAINT = 'keeping_due';
    END IF;
    SELECT array_agg(DISTINCT person_id) INTO people FROM cases_participation WHERE programme_id = here AND case_id = this;
    gone := keeping_remove('cases_case', ARRAY[this]);
    IF request IS NOT NULL THEN
        gone := gone || keeping_remove('referrals_referral', ARRAY[request]);
    END IF;
    SELECT array_agg(id) INTO people FROM people_person p WHERE p.programme_id = here AND p.id = ANY(people)
    AND NOT EXISTS (SELECT FROM cases_participation o WHERE o.programme_id = here AND o.person_id = p.id);
    gone := gone || keeping_remove('people_person', people);
    RETURN keeping_remove_loose(gone);
END $forget$
"""
FORGET_REQUEST = """
CREATE FUNCTION keeping_forget_request(this uuid) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $forget$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
BEGIN
    PERFORM FROM referrals_referral r JOIN journal_entry e
        ON e.programme_id = r.programme_id AND e.subject_id = r.id::text AND e.verb = 'moved' AND e.subject_kind = 'referrals.referral'
        AND e.detail ->> 'to' = r.stage
    WHERE r.programme_id = here AND r.id = this AND r.stage IN ('declined', 'withdrawn') AND keeping_is_due(NULL, r.id, e.at)
    AND NOT EXISTS (SELECT FROM cases_case c WHERE c.programme_id = here AND c.referral_id = r.id)
    FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this request is not to be forgotten now' USING ERRCODE = 'check_violation', CONSTRAINT = 'keeping_due';
    END IF;
    RETURN keeping_remove_loose(keeping_remove('referrals_referral', ARRAY[this]));
END $forget$
"""
INNER = ("keeping_remove(text, uuid[])", "keeping_remove_loose(uuid[])", "keeping_is_held(uuid, uuid)", "keeping_is_due(uuid, uuid, timestamptz)")
OUTER = ("keeping_forget_case(uuid)", "keeping_forget_request(uuid)")
OWNED = [
    "GRANT CREATE ON SCHEMA public TO setfair_system",
    *(f"ALTER FUNCTION {name} OWNER TO setfair_system" for name in INNER + OUTER),
    "REVOKE CREATE ON SCHEMA public FROM setfair_system",
    *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC, setfair_app" for name in INNER + OUTER),
    *(f"GRANT EXECUTE ON FUNCTION {name} TO setfair_app" for name in OUTER),
]


class Migration(migrations.Migration):
    """The one way in which facts ever go. The application may ask for it; whether the day has come, the database looks up itself.

    What hangs on a row is found by the keys in the catalogue, so that a table that is built later goes with the rest.
    """

    dependencies = [("keeping", "0001_initial"), ("outcomes", "0001_initial"), ("people", "0001_initial"), ("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [REMOVE, LOOSE, HELD, DUE, FORGET_CASE, FORGET_REQUEST, *OWNED],
            [f"DROP FUNCTION {name}" for name in reversed(INNER + OUTER)],
        )
    ]
