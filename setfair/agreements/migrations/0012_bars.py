from django.db import migrations, models

# The database knows the day in UTC alone: it refuses what is barred today wherever the programme is.
BARRED = """
CREATE FUNCTION agreements_barred() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $barred$
DECLARE
    today daterange := daterange(current_date - 1, current_date + 1, '[]');
BEGIN
    IF EXISTS (
        SELECT FROM agreements_item promise
        JOIN cases_participation owner ON owner.programme_id = promise.programme_id AND owner.id = promise.owner_id
        JOIN cases_participation owed ON owed.programme_id = promise.programme_id AND owed.id = promise.owed_to_id
        JOIN people_nocontact wall ON wall.programme_id = promise.programme_id AND wall.ended_at IS NULL
            AND (wall.one_id, wall.other_id) IN ((owner.person_id, owed.person_id), (owed.person_id, owner.person_id))
        WHERE promise.programme_id = NEW.programme_id AND promise.agreement_id = NEW.id
          AND (people_barred_days(wall.programme_id, wall.id, 'message') @> today
               OR promise.through IS NULL AND people_barred_days(wall.programme_id, wall.id, 'meet') @> today)
    ) THEN
        RAISE EXCEPTION 'two who must have no contact are bound to each other'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_barred';
    END IF;
    IF EXISTS (
        SELECT FROM agreements_item promise
        WHERE promise.programme_id = NEW.programme_id AND promise.agreement_id = NEW.id AND 'yes' IS DISTINCT FROM (
            SELECT said.answer FROM preparation_consent said
            WHERE said.programme_id = promise.programme_id AND said.participation_id = promise.owner_id AND said.giver_id = promise.owner_id
              AND said.scope = 'take_part'
            ORDER BY said.at DESC, said.id DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'somebody would be bound whose yes does not stand'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_willing';
    END IF;
    RETURN NEW;
END $barred$
"""
LAID_OUT = """
CREATE TRIGGER agreement_barred BEFORE UPDATE ON agreements_agreement FOR EACH ROW
WHEN (NEW.stage = 'signing' AND OLD.stage <> 'signing') EXECUTE FUNCTION agreements_barred()
"""
GONE = "DROP TRIGGER agreement_barred ON agreements_agreement; DROP FUNCTION agreements_barred()"


class Migration(migrations.Migration):
    """No promise is laid out to be signed between two who must have no contact, or by somebody whose yes does not stand."""

    dependencies = [
        ("agreements", "0011_agree_apart"),
        ("people", "0010_order_ends"),
        ("preparation", "0029_given_by_a_room"),
    ]

    operations = [
        migrations.AddField("item", "through", models.UUIDField(null=True, verbose_name="who passes it on")),
        migrations.RunSQL([BARRED, LAID_OUT], GONE),
    ]
