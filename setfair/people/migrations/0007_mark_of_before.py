from django.db import migrations, models

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Who had an address before, looked up when somebody writes from one that nobody has now: ids and nothing else."""

    dependencies = [
        ("people", "0006_turns_18"),
        ("programmes", "0009_glance"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(models.F("mark"), condition=models.Q(("ended_at__isnull", False)), name="contact_mark_of_before"),
        ),
        Definer(
            "people_by_mark_of_before(wanted bytea)",
            "TABLE (programme_id uuid, person_id uuid)",
            "SELECT programme_id, person_id FROM people_contact WHERE mark = wanted AND ended_at IS NOT NULL "
            "GROUP BY programme_id, person_id ORDER BY max(ended_at) DESC LIMIT 20",
        ),
    ]
