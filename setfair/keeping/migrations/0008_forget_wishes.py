from django.db import migrations

FORGET_WISHES = """
CREATE FUNCTION keeping_forget_wishes(this uuid) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $forget$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    whose uuid;
    told timestamptz;
BEGIN
    SELECT p.person_id, a.at INTO whose, told FROM keeping_answer a
    JOIN keeping_asking k ON k.programme_id = a.programme_id AND k.id = a.asking_id
    JOIN cases_participation p ON p.programme_id = k.programme_id AND p.id = k.participation_id
    WHERE a.programme_id = here AND a.id = this AND a.how = 'partly' AND a.why <> 'elsewhere' AND k.wants = 'forget'
    AND NOT keeping_is_held(p.case_id, NULL);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody asked for this to be forgotten now' USING ERRCODE = 'check_violation', CONSTRAINT = 'keeping_due';
    END IF;
    RETURN keeping_remove('people_waywish', ARRAY(SELECT w.id FROM people_waywish w WHERE w.programme_id = here AND w.person_id = whose AND w.at <= told));
END $forget$
"""
NAME = "keeping_forget_wishes(uuid)"
OWNED = [
    "GRANT CREATE ON SCHEMA public TO setfair_system",
    f"ALTER FUNCTION {NAME} OWNER TO setfair_system",
    "REVOKE CREATE ON SCHEMA public FROM setfair_system",
    f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC, setfair_app",
    f"GRANT EXECUTE ON FUNCTION {NAME} TO setfair_app",
]


class Migration(migrations.Migration):
    """What somebody who is forgotten had wished of the ways to them goes with those ways; the database looks up itself that they asked for it."""

    dependencies = [
        ("keeping", "0007_it_was_not_them"),
        ("people", "0008_way_wishes"),
        ("cases", "0012_no_say"),
    ]

    operations = [migrations.RunSQL([FORGET_WISHES, *OWNED], [f"DROP FUNCTION {NAME}"])]
