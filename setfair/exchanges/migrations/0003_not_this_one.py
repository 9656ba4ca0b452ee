from __future__ import annotations

from django.db import migrations, models

import setfair.core.records

CODES = ["brought", "recalled", "refused", "returned", "thanked"]
KNOWN = "exchanges_said_what_known"

# Whoever does not want one piece is not offered it again, unless they have said since that they want to be asked.
REFUSED = """
CREATE FUNCTION exchanges_not_this_one() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $refused$
BEGIN
    IF EXISTS (
        SELECT FROM exchanges_said s WHERE s.programme_id = NEW.programme_id AND s.piece_id = NEW.id AND s.what = 'refused' AND NOT EXISTS (
            SELECT FROM exchanges_wanting w
            WHERE w.programme_id = NEW.programme_id AND w.participation_id = NEW.receiver_id AND w.wants = 'yes' AND w.at > s.at
        )
    ) THEN
        RAISE EXCEPTION 'they do not want this one'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_not_refused';
    END IF;
    RETURN NEW;
END $refused$
"""
HUNG = """
CREATE TRIGGER piece_not_this_one BEFORE UPDATE ON exchanges_piece FOR EACH ROW
WHEN (NEW.stage IN ('offered', 'delivered') AND OLD.stage <> NEW.stage) EXECUTE FUNCTION exchanges_not_this_one()
"""
GONE = "DROP TRIGGER piece_not_this_one ON exchanges_piece; DROP FUNCTION exchanges_not_this_one()"


class Migration(migrations.Migration):
    """Somebody does not want one piece, and may want others; and whoever has no screen is told in person why theirs came back."""

    dependencies = [("exchanges", "0002_messages_barred")]

    operations = [
        migrations.AlterField(
            model_name="said",
            name="what",
            field=models.CharField(
                choices=[
                    ("returned", "given back"),
                    ("recalled", "wanted back"),
                    ("thanked", "they have it, and let it be told"),
                    ("refused", "not wanted"),
                    ("brought", "its writer was told in person why it came back"),
                ],
                max_length=8,
            ),
        ),
        migrations.RemoveConstraint(model_name="said", name=KNOWN),
        migrations.AddConstraint(model_name="said", constraint=setfair.core.records.Kept(condition=models.Q(("what__in", CODES)), name=KNOWN)),
        migrations.RunSQL([REFUSED, HUNG], GONE),
    ]
