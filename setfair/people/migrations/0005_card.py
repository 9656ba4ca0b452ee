import django.contrib.postgres.fields
from django.db import migrations, models

import setfair.core.records
import setfair.vault.fields

APART = """
CREATE FUNCTION people_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $apart$
BEGIN
    IF EXISTS (
        SELECT FROM people_nocontact wall
        JOIN people_contact way ON way.programme_id = wall.programme_id
            AND way.person_id = CASE WHEN wall.one_id = NEW.reader_id THEN wall.other_id ELSE wall.one_id END
        WHERE wall.programme_id = NEW.programme_id AND wall.ended_at IS NULL AND NEW.reader_id IN (wall.one_id, wall.other_id)
          AND way.ended_at IS NULL AND way.mark = NEW.mark
    ) THEN
        RAISE EXCEPTION 'somebody who must have no contact with the reader is reached there'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'people_apart';
    END IF;
    RETURN NEW;
END $apart$
"""
ON_LETTERS = """
CREATE TRIGGER people_apart BEFORE INSERT OR UPDATE OF cleared_at ON letters_letter
FOR EACH ROW WHEN (NEW.cleared_at IS NOT NULL AND NEW.mark IS NOT NULL) EXECUTE FUNCTION people_apart()
"""
GONE = "DROP TRIGGER people_apart ON letters_letter; DROP FUNCTION people_apart()"


class Migration(migrations.Migration):
    """What somebody said about each way to reach them; and the database refuses a letter that is about to go to an inbox of somebody they must not meet."""

    dependencies = [
        ("letters", "0007_gate"),
        ("people", "0004_known_codes"),
        ("programmes", "0008_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="also_reads",
            field=setfair.vault.fields.SealedText(of="person_id", verbose_name="who else reads this or picks up"),
        ),
        migrations.AddField(
            model_name="contact",
            name="days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name="safe days"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="ends",
            field=models.TimeField(blank=True, null=True, verbose_name="not after"),
        ),
        migrations.AddField(
            model_name="contact",
            name="may_say_who",
            field=models.BooleanField(default=False, verbose_name="OK to say who is calling"),
        ),
        migrations.AddField(
            model_name="contact",
            name="read_by",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name="contact",
            name="starts",
            field=models.TimeField(blank=True, null=True, verbose_name="not before"),
        ),
        migrations.AddField(
            model_name="contact",
            name="whom",
            field=models.CharField(
                blank=True,
                choices=[
                    ("someone", "a person they trust"),
                    ("school", "the school office"),
                    ("lawyer", "a lawyer"),
                    ("probation", "probation"),
                    ("prison", "a prison or another closed place"),
                    ("other", "another office"),
                ],
                max_length=9,
                verbose_name="through whom",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="reads_print",
            field=models.BooleanField(default=True, verbose_name="reads print"),
        ),
        migrations.AlterField(
            model_name="contact",
            name="times",
            field=setfair.vault.fields.SealedText(of="person_id", verbose_name="best time, in their words"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(condition=models.Q(("days__contained_by", [0, 1, 2, 3, 4, 5, 6])), name="contact_days"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts__isnull", True), ("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                name="contact_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(condition=models.Q(("whom", ""), ("way", "through"), _connector="OR"), name="contact_through_whom"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("whom__in", ["", "lawyer", "other", "prison", "probation", "school", "someone"])),
                name="people_contact_whom_known",
            ),
        ),
        migrations.RunSQL([APART, ON_LETTERS], GONE),
    ]
