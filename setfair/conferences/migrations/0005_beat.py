from typing import Any

from django.db import migrations, models

from setfair.conferences.beats import counting, numbered

COUNTED = """
WITH facts AS (
    SELECT programme_id, id, conference_id, at FROM conferences_attendance
    UNION ALL SELECT programme_id, id, conference_id, at FROM conferences_pageturn
), put AS (
    SELECT programme_id, id, row_number() OVER (PARTITION BY programme_id, conference_id ORDER BY at, id) AS number FROM facts
)
UPDATE conferences_{0} f SET number = put.number FROM put WHERE put.programme_id = f.programme_id AND put.id = f.id
"""
BEATS = """
UPDATE conferences_conference c SET beat =
    (SELECT count(*) FROM conferences_attendance a WHERE a.programme_id = c.programme_id AND a.conference_id = c.id)
    + (SELECT count(*) FROM conferences_pageturn t WHERE t.programme_id = c.programme_id AND t.conference_id = c.id)
"""


def number_what_is_there(apps: Any, schema_editor: Any) -> None:
    """Facts from before there were beats are in the order of their moments, once. The owner is bound by the row rules, and looks as the role that is not."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET ROLE setfair_system")
        for statement in (COUNTED.format("attendance"), COUNTED.format("pageturn"), BEATS):
            cursor.execute(statement)
        cursor.execute("RESET ROLE")


class Migration(migrations.Migration):
    """The facts of the hour are numbered by the database, which tells of each."""

    dependencies = [("conferences", "0004_same_case")]

    operations = [
        migrations.AddField("conference", "beat", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AddField("attendance", "number", models.PositiveIntegerField(db_default=0, editable=False)),
        migrations.AddField("pageturn", "number", models.PositiveIntegerField(db_default=0, editable=False)),
        migrations.RunPython(number_what_is_there, migrations.RunPython.noop),
        counting(),
        numbered("attendance"),
        numbered("pageturn"),
    ]
