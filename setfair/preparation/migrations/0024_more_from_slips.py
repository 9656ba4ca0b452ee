import django.db.models.deletion
from django.db import migrations

import setfair.core.records

TABLES = ("preparation_still", "preparation_observeranswer")


def slip() -> setfair.core.records.Within:
    return setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="preparation.slip")


class Migration(migrations.Migration):
    """That it is still all right, and whether somebody may watch, is answered on paper too."""

    dependencies = [("preparation", "0023_slip_never_aside")]

    operations = [
        migrations.AddField("still", "slip", slip()),
        migrations.AddField("observeranswer", "slip", slip()),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_slip_id_within "
                "FOREIGN KEY (programme_id, case_id, slip_id) REFERENCES preparation_slip (programme_id, case_id, id)",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_slip_id_within",
            )
            for table in TABLES
        ),
    ]
