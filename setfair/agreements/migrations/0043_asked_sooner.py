from importlib import import_module

from django.db import migrations

BEFORE = import_module("setfair.agreements.migrations.0032_reach")
# Of what everyone reads nobody is looked up to see whether they read it: that is asked for each promise and each person, whenever somebody signs.
LATEST = """AS $latest$
    SELECT CASE WHEN i.reach = 'circle' OR agreements_reaches(of_programme, of_item, of_person) THEN (
        SELECT word FROM agreements_fit
        WHERE programme_id = of_programme AND item_id = of_item AND edition = of_edition AND participation_id = of_person
        ORDER BY at DESC, id DESC LIMIT 1
    ) ELSE '' END
    FROM agreements_item i WHERE i.programme_id = of_programme AND i.id = of_item
$latest$
"""
HEAD = BEFORE.LATEST[: BEFORE.LATEST.index("AS $latest$")]


class Migration(migrations.Migration):
    """Who reads a promise is asked only of those that not everyone reads."""

    dependencies = [("agreements", "0042_kind_words")]

    operations = [migrations.RunSQL(HEAD + LATEST, HEAD + BEFORE.NOT_ASKED)]
