import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records

CARRIED = """
UPDATE referrals_screening screening SET reason = CASE WHEN EXISTS (
    SELECT FROM referrals_clearance c WHERE c.programme_id = screening.programme_id AND c.referral_id = screening.referral_id AND c.at <= screening.at
) THEN 'signed_off' ELSE 'fits' END WHERE accepted
"""
BEFORE = "UPDATE referrals_screening SET reason = '' WHERE accepted"
OWN = """
ALTER TABLE referrals_screening ADD CONSTRAINT referrals_screening_own_id_within
    FOREIGN KEY (programme_id, own_id) REFERENCES programmes_ownreason (programme_id, id);
CREATE TRIGGER own_reason_fits BEFORE INSERT ON referrals_screening FOR EACH ROW WHEN (NEW.own_id IS NOT NULL)
    EXECUTE FUNCTION programmes_own_reason('no')
"""
NO_OWN = "DROP TRIGGER own_reason_fits ON referrals_screening; ALTER TABLE referrals_screening DROP CONSTRAINT referrals_screening_own_id_within"
STOPS = """
CREATE FUNCTION referrals_stop_has_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $stop$
BEGIN
    IF EXISTS (SELECT FROM referrals_referral WHERE programme_id = NEW.programme_id AND id = NEW.id AND stage = NEW.stage)
        AND NOT EXISTS (SELECT FROM referrals_screening WHERE programme_id = NEW.programme_id AND referral_id = NEW.id AND NOT accepted) THEN
        RAISE EXCEPTION 'it stopped, and nobody wrote down why'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'stop_has_reason';
    END IF;
    RETURN NULL;
END $stop$;
GRANT CREATE ON SCHEMA public TO setfair_system;
ALTER FUNCTION referrals_stop_has_reason() OWNER TO setfair_system;
REVOKE CREATE ON SCHEMA public FROM setfair_system;
REVOKE ALL ON FUNCTION referrals_stop_has_reason() FROM PUBLIC, setfair_app;
CREATE CONSTRAINT TRIGGER stop_has_reason AFTER UPDATE ON referrals_referral DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND NEW.stage = 'declined') EXECUTE FUNCTION referrals_stop_has_reason()
"""
NO_STOPS = "DROP FUNCTION referrals_stop_has_reason() CASCADE"


class Migration(migrations.Migration):
    """A yes has its reason too, and a no may have one of the programme's own; no request is declined without one."""

    dependencies = [
        ("programmes", "0026_reasons"),
        ("referrals", "0018_owned"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="screening",
            name="screening_no_has_reason",
        ),
        migrations.RemoveConstraint(
            model_name="screening",
            name="referrals_screening_reason_known",
        ),
        migrations.AddField(
            model_name="screening",
            name="own",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.ownreason"),
        ),
        migrations.AlterField(
            model_name="screening",
            name="reason",
            field=models.CharField(
                choices=[
                    ("fits", "it fits, and nothing bars it"),
                    ("signed_off", "a supervisor wrote why it can go on"),
                    ("ended_harmed", "a person harmed does not want to go on"),
                    ("ended_responsible", "a person responsible does not want to go on"),
                    ("no_responsibility", "nobody takes responsibility for it"),
                    ("ended_guardian", "a parent or guardian does not agree"),
                    ("declined_at_contact", "someone said no when asked"),
                    ("not_eligible", "outside what the programme takes"),
                    ("not_suitable", "not suitable now"),
                    ("not_safe", "would not be safe"),
                    ("specialist", "needs a specialist service"),
                    ("other_path", "another way fits better"),
                    ("taken_back", "whoever sent it took it back"),
                    ("no_contact_order", "an order bars contact"),
                    ("duty", "the law has somebody else look into it"),
                    ("no_contact_possible", "could not be reached"),
                    ("duplicate", "we have this request already"),
                    ("own", "a reason of our own"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(CARRIED, BEFORE),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted", True), ("reason__in", ["fits", "signed_off"])),
                    models.Q(("accepted", False), models.Q(("reason__in", ["fits", "signed_off"]), _negated=True)),
                    _connector="OR",
                ),
                name="screening_reason_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own__isnull", False), ("reason", "own")),
                    models.Q(models.Q(("reason", "own"), _negated=True), ("own__isnull", True)),
                    _connector="OR",
                ),
                name="screening_one_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "declined_at_contact",
                            "duplicate",
                            "duty",
                            "ended_guardian",
                            "ended_harmed",
                            "ended_responsible",
                            "fits",
                            "no_contact_order",
                            "no_contact_possible",
                            "no_responsibility",
                            "not_eligible",
                            "not_safe",
                            "not_suitable",
                            "other_path",
                            "own",
                            "signed_off",
                            "specialist",
                            "taken_back",
                        ],
                    )
                ),
                name="referrals_screening_reason_known",
            ),
        ),
        migrations.RunSQL(OWN, NO_OWN),
        migrations.RunSQL(STOPS, NO_STOPS),
    ]
