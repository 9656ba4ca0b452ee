from importlib import import_module

from django.db import migrations

ALL_TOLD = import_module("setfair.outcomes.migrations.0015_all_told").TOLD
TOLD = ALL_TOLD[: ALL_TOLD.index("GRANT CREATE")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
# What was let go was not done either: nothing says that whoever it was for wanted that.
LET_GO = TOLD.replace("IN ('missed', 'partly'))", "IN ('missed', 'partly', 'waived', 'replaced'))")
# Asked at once and not at the end: with the case its agreement ends, and what was unclear about it with the agreement.
CLEAR = """
CREATE FUNCTION outcomes_clear() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $clear$
BEGIN
    IF EXISTS (
        SELECT FROM restitution_unclear u
        WHERE u.programme_id = NEW.programme_id AND u.case_id = NEW.id AND u.why = 'differs' AND u.ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'two people say different things about money, and nobody has looked into it'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'clear_before_it_closes';
    END IF;
    RETURN NULL;
END $clear$;
CREATE TRIGGER clear_before_it_closes AFTER UPDATE ON cases_case
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND NEW.stage = 'closed') EXECUTE FUNCTION outcomes_clear()
"""
UNCLEAR = "DROP FUNCTION outcomes_clear() CASCADE"


class Migration(migrations.Migration):
    """Who wants to hear of what is not done hears of what was let go too, and no case closes over two who say different things of money."""

    dependencies = [
        ("cases", "0024_stepped_out_default"),
        ("outcomes", "0016_news_keeps_its_promise"),
        ("restitution", "0001_said"),
    ]

    operations = [migrations.RunSQL(LET_GO, TOLD), migrations.RunSQL(CLEAR, UNCLEAR)]
