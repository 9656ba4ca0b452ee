from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """The worker looks over the wall for what is due, takes ids, and then works inside one programme at a time."""

    dependencies = [("letters", "0001_initial")]

    operations = [
        Definer(
            "letters_due(most integer)",
            "TABLE (programme_id uuid, letter_id uuid)",
            "SELECT programme_id, id FROM letters_letter WHERE stage = 'due' AND due_at <= statement_timestamp() ORDER BY due_at LIMIT most",
        ),
    ]
