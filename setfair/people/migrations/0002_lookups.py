from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """Names are searched by their tokens. The wall is in the question itself, so that the index of tokens answers it.

    Few people share all the words of a name; so it is told to whoever plans the query (`ROWS`).
    """

    dependencies = [("people", "0001_initial")]

    operations = [
        Definer(
            "people_named(wanted bytea[])",
            "TABLE (person_id uuid) ROWS 20",
            "SELECT id FROM people_person WHERE tokens @> wanted AND programme_id = nullif(current_setting('app.programme', true), '')::uuid",
        ),
    ]
