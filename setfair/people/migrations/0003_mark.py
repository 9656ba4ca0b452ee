from django.db import migrations, models

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Somebody who asks for a new link is found by the address they type, before any programme is known: ids and nothing else."""

    dependencies = [("people", "0002_lookups")]

    operations = [
        migrations.AddField(model_name="contact", name="mark", field=models.BinaryField(editable=False, max_length=32, null=True)),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(models.F("mark"), condition=models.Q(("ended_at__isnull", True)), name="contact_mark"),
        ),
        Definer(
            "people_by_mark(wanted bytea)",
            "TABLE (programme_id uuid, person_id uuid)",
            "SELECT programme_id, person_id FROM people_contact WHERE mark = wanted AND ended_at IS NULL LIMIT 20",
        ),
    ]
