from django.db import migrations, models

import setfair.core.records

IN_USE = """
UPDATE programmes_script SET used_since = now() WHERE id IN (
    SELECT DISTINCT ON (programme_id, language) id FROM programmes_script WHERE retired_at IS NULL ORDER BY programme_id, language, version DESC, name
)
"""
AS_ANY, AS_OWNER = "SET ROLE setfair_system", "RESET ROLE"
"""The owner of the tables is bound by the rules of their rows, and would change none."""


class Migration(migrations.Migration):
    """Each script is for one way of hearing each other, and a programme chooses which is in use. What it used until now it still uses."""

    dependencies = [
        ("programmes", "0036_phases"),
    ]

    operations = [
        migrations.AddField(
            model_name="script",
            name="way",
            field=models.CharField(
                choices=[
                    ("meet", "to meet"),
                    ("reentry", "to sit in a circle to come back"),
                    ("standin", "to meet somebody who stands in"),
                    ("call", "to talk in a call"),
                    ("apart", "to hear from each other without a meeting"),
                ],
                default="meet",
                max_length=7,
                verbose_name="what it is for",
            ),
        ),
        migrations.AddField(model_name="script", name="used_since", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="script",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("way__in", ["apart", "call", "meet", "reentry", "standin"])), name="programmes_script_way_known"
            ),
        ),
        migrations.RunSQL([AS_ANY, IN_USE, AS_OWNER], migrations.RunSQL.noop),
    ]
