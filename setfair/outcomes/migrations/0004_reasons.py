import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records

OWN = """
ALTER TABLE outcomes_closure ADD CONSTRAINT outcomes_closure_own_id_within
    FOREIGN KEY (programme_id, own_id) REFERENCES programmes_ownreason (programme_id, id);
CREATE TRIGGER own_reason_fits BEFORE INSERT ON outcomes_closure FOR EACH ROW WHEN (NEW.own_id IS NOT NULL)
    EXECUTE FUNCTION programmes_own_reason('end')
"""
NO_OWN = "DROP TRIGGER own_reason_fits ON outcomes_closure; ALTER TABLE outcomes_closure DROP CONSTRAINT outcomes_closure_own_id_within"
STOPS = """
CREATE FUNCTION outcomes_stop_has_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $stop$
BEGIN
    IF EXISTS (SELECT FROM cases_case WHERE programme_id = NEW.programme_id AND id = NEW.id AND stage = NEW.stage)
        AND NOT EXISTS (SELECT FROM outcomes_closure WHERE programme_id = NEW.programme_id AND case_id = NEW.id) THEN
        RAISE EXCEPTION 'it stopped, and nobody wrote down why'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'stop_has_reason';
    END IF;
    RETURN NULL;
END $stop$;
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION outcomes_stop_has_reason() OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION outcomes_stop_has_reason() FROM PUBLIC, setfair_app;
CREATE CONSTRAINT TRIGGER stop_has_reason AFTER UPDATE ON cases_case DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND NEW.stage = 'closed') EXECUTE FUNCTION outcomes_stop_has_reason()
"""
NO_STOPS = "DROP FUNCTION outcomes_stop_has_reason() CASCADE"


class Migration(migrations.Migration):
    """A case may end for a reason of the programme's own, and none is closed without one."""

    dependencies = [
        ("cases", "0018_reasons"),
        ("outcomes", "0003_same_case"),
        ("programmes", "0026_reasons"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="closure",
            name="outcomes_closure_reason_known",
        ),
        migrations.AddField(
            model_name="closure",
            name="own",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.ownreason"),
        ),
        migrations.AlterField(
            model_name="closure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("completed", "the agreement was kept"),
                    ("completed_varied", "kept, after a change"),
                    ("part_completed", "kept in part"),
                    ("not_completed", "not kept; goes back to who sent it"),
                    ("no_agreement", "met; no agreement was needed"),
                    ("indirect", "done without meeting"),
                    ("ended_harmed", "a person harmed does not want to go on"),
                    ("ended_responsible", "a person responsible does not want to go on"),
                    ("ended_guardian", "a parent or guardian does not agree"),
                    ("declined_at_contact", "someone said no when asked"),
                    ("not_suitable", "not suitable now"),
                    ("not_safe", "would not be safe"),
                    ("transferred", "went to another programme"),
                    ("taken_back", "whoever sent it took it back"),
                    ("no_contact_order", "an order bars contact"),
                    ("new_matter", "a new matter came up"),
                    ("no_contact_possible", "could not be reached"),
                    ("own", "a reason of our own"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own__isnull", False), ("reason", "own")),
                    models.Q(models.Q(("reason", "own"), _negated=True), ("own__isnull", True)),
                    _connector="OR",
                ),
                name="closure_one_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "completed",
                            "completed_varied",
                            "declined_at_contact",
                            "ended_guardian",
                            "ended_harmed",
                            "ended_responsible",
                            "indirect",
                            "new_matter",
                            "no_agreement",
                            "no_contact_order",
                            "no_contact_possible",
                            "not_completed",
                            "not_safe",
                            "not_suitable",
                            "own",
                            "part_completed",
                            "taken_back",
                            "transferred",
                        ],
                    )
                ),
                name="outcomes_closure_reason_known",
            ),
        ),
        migrations.RunSQL(OWN, NO_OWN),
        migrations.RunSQL(STOPS, NO_STOPS),
    ]
