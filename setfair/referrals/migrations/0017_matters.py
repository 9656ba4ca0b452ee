import django.contrib.postgres.fields
from django.db import migrations, models

HELD = """
CREATE FUNCTION referrals_matters() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $matters$
DECLARE blocked text[]; specialist text[];
BEGIN
    SELECT matters_blocked, matters_specialist INTO blocked, specialist FROM programmes_programme WHERE id = NEW.programme_id;
    IF NEW.matters = '{}' AND blocked || specialist <> '{}' THEN
        RAISE EXCEPTION 'what kind of matter it is was not asked'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'screening_asks_matters';
    END IF;
    IF NEW.matters::text[] && blocked THEN
        RAISE EXCEPTION 'such a matter is not taken here'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'screening_matter_not_taken';
    END IF;
    IF NEW.matters::text[] && specialist AND NOT EXISTS (
        SELECT FROM referrals_clearance WHERE programme_id = NEW.programme_id AND referral_id = NEW.referral_id
    ) THEN
        RAISE EXCEPTION 'no supervisor has written why such a matter can go on'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'screening_matter_signed_off';
    END IF;
    RETURN NEW;
END $matters$
"""
HOLDS = """
CREATE TRIGGER screening_matters BEFORE INSERT ON referrals_screening
FOR EACH ROW WHEN (NEW.accepted) EXECUTE FUNCTION referrals_matters()
"""
BEFORE = "DROP TRIGGER screening_matters ON referrals_screening; DROP FUNCTION referrals_matters()"


class Migration(migrations.Migration):
    """What a programme does not take cannot be accepted; what it takes with a specialist only once a supervisor has signed it off."""

    dependencies = [("referrals", "0016_office"), ("programmes", "0021_matters")]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="matters",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None),
        ),
        migrations.RunSQL([HELD, HOLDS], BEFORE),
    ]
