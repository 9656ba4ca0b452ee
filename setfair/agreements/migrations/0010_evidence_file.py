import django.db.models.deletion
from django.db import migrations

import setfair.core.records
from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """A picture or a paper may show that a promise was kept; it is of the same case."""

    dependencies = [
        ("agreements", "0009_frozen"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"),
        ),
        migrations.RunSQL(
            "ALTER TABLE agreements_evidence ADD CONSTRAINT agreements_evidence_file_id_within "
            "FOREIGN KEY (programme_id, file_id) REFERENCES files_file (programme_id, id)",
            "ALTER TABLE agreements_evidence DROP CONSTRAINT agreements_evidence_file_id_within",
        ),
        SameCase("evidence", "file"),
    ]
