import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase

CHOSEN = """
INSERT INTO keeping_copyfile (id, programme_id, copy_id, case_id, file_id, number, is_own)
SELECT gen_random_uuid(), c.programme_id, c.id, a.case_id, f.id, f.number, f.is_own
FROM keeping_copy c JOIN keeping_asking a ON a.programme_id = c.programme_id AND a.id = c.asking_id
CROSS JOIN LATERAL (
    SELECT g.id, g.stage, row_number() OVER (ORDER BY g.at, g.id) AS number, g."by" IS NOT DISTINCT FROM a.participation_id AS is_own
    FROM files_file g WHERE g.programme_id = c.programme_id AND g.case_id = a.case_id AND g.at <= c.at
    AND (g.by_kind = 'participant' AND g."by" = a.participation_id OR g.audience = 'shared' AND g.reader_id = a.participation_id)
) f
WHERE a.participation_id IS NOT NULL AND (f.stage IN ('kept', 'replaced') OR f.is_own AND f.stage = 'unchecked')
"""


class Migration(migrations.Migration):
    """Which files go with a copy is written down when it is put together; for the copies that lie here, what they would hold now."""

    dependencies = [
        ("keeping", "0008_forget_wishes"),
        ("cases", "0012_no_say"),
        ("files", "0001_initial"),
        ("programmes", "0013_once_here"),
    ]

    operations = [
        migrations.CreateModel(
            name="CopyFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("is_own", models.BooleanField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                ("copy", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="keeping.copy")),
                ("file", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="files.file")),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "copy", "number"), name="copy_file_number_once"),
                    models.UniqueConstraint(fields=("programme", "copy", "file"), name="copy_file_once"),
                ],
            },
        ),
        BuildWalls(append_only=("copyfile",)),
        SameCase("copyfile", "file"),
        migrations.RunSQL(CHOSEN, migrations.RunSQL.noop),
    ]
