from django.db import migrations, models

# Which agreement of its case a version is of never changes.
NUMBERED = """
CREATE FUNCTION agreements_numbered() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $numbered$
BEGIN
    RAISE EXCEPTION 'a version stays one of its own agreement'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_number_stays';
END $numbered$
"""
STAYS = """
CREATE TRIGGER agreement_number_stays BEFORE UPDATE ON agreements_agreement FOR EACH ROW
WHEN (OLD.number <> NEW.number) EXECUTE FUNCTION agreements_numbered()
"""
# And it follows only a version of the same one, so that no name goes on from one agreement to another.
OWN = """
ALTER TABLE agreements_agreement ADD CONSTRAINT agreements_agreement_of_its_own UNIQUE (programme_id, case_id, number, id);
ALTER TABLE agreements_agreement ADD CONSTRAINT agreement_follows_its_own
    FOREIGN KEY (programme_id, case_id, number, follows_id) REFERENCES agreements_agreement (programme_id, case_id, number, id)
"""
GONE = """
ALTER TABLE agreements_agreement DROP CONSTRAINT agreement_follows_its_own;
ALTER TABLE agreements_agreement DROP CONSTRAINT agreements_agreement_of_its_own
"""


class Migration(migrations.Migration):
    """A case can have several agreements, each with its number and with versions of its own; what there was is the first of its case."""

    dependencies = [("agreements", "0033_remarks")]

    operations = [
        migrations.RemoveConstraint(model_name="agreement", name="agreement_version"),
        migrations.RemoveConstraint(model_name="agreement", name="agreement_one_in_hand"),
        migrations.RemoveConstraint(model_name="agreement", name="agreement_one_in_force"),
        migrations.AddField(model_name="agreement", name="number", field=models.PositiveSmallIntegerField(db_default=1, default=1)),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("programme", "case", "number", "version"), name="agreement_version"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ("drafting", "rests", "signing"))),
                fields=("programme", "case", "number"),
                name="agreement_one_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "in_force")), fields=("programme", "case", "number"), name="agreement_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="agreement_numbered"),
        ),
        migrations.RunSQL([NUMBERED, STAYS, OWN], [GONE, "DROP FUNCTION agreements_numbered() CASCADE"]),
    ]
