from importlib import import_module

from django.db import migrations, models

from setfair.core.walls import Definer

LET_BE = import_module("setfair.agreements.migrations.0046_let_be")

# The day of the last of so many parts, counted from the first; empty where it is none.
TOLD_TO = """
CREATE FUNCTION agreements_told_to(due_on date, parts integer, weeks integer, told integer) RETURNS date LANGUAGE sql IMMUTABLE
RETURN CASE WHEN told > 0 THEN due_on - 7 * weeks * (parts - told) END
"""
NOT_TOLD_TO = "DROP FUNCTION agreements_told_to(date, integer, integer, integer)"
# Nobody is reminded of a part that is said to be paid.
DUE = LET_BE.DUE.replace("FROM generate_series(1, i.parts) n", "FROM generate_series(i.parts_told + 1, i.parts) n")


class Migration(migrations.Migration):
    """Nobody is reminded of money that is said to be paid, or that is collected elsewhere."""

    dependencies = [("agreements", "0048_asked_again")]

    operations = [
        migrations.AddField(model_name="item", name="parts_told", field=models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts_told__lte", models.F("parts")), models.Q(("parts_told", 0), ("amount__isnull", False), _connector="OR")),
                name="item_parts_told",
            ),
        ),
        migrations.RunSQL(TOLD_TO, NOT_TOLD_TO),
        Definer("promises_due(moment timestamptz, most integer)", "TABLE (programme_id uuid, item_id uuid)", DUE),
    ]
