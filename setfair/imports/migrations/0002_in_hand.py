from django.db import migrations, models

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """A list that was put away while its rows were in somebody's hand is gone on with too; a row is known by all its cells."""

    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.AddField("made", "cells", models.BinaryField(max_length=32, null=True)),
        migrations.AddConstraint("made", models.UniqueConstraint(fields=("programme", "cells"), name="made_of_cells_once")),
        Definer(
            "imports_waiting(before timestamptz, most integer)",
            "TABLE (programme_id uuid, table_id uuid)",
            """
            SELECT t.programme_id, t.id FROM imports_table t
            WHERE t.stage IN ('looking', 'running', 'undoing')
            OR (t.at <= before OR t.stage = 'dropped')
            AND EXISTS (SELECT FROM imports_leaf l WHERE l.programme_id = t.programme_id AND l.table_id = t.id)
            ORDER BY t.at LIMIT most
            """,
        ),
    ]
