from importlib import import_module

from django.db import migrations

BEFORE = import_module("setfair.outcomes.migrations.0009_tried_for_what_is_theirs")
TRIED = BEFORE.FUNCTION.replace(BEFORE.FOR_ALL, BEFORE.THEIRS)
ALL = """AND (turned IS NULL OR t."on" >= turned)"""
# Whoever was spoken with was reached; only the days after that are in vain.
SINCE = f"""{ALL}
          AND NOT EXISTS (
              SELECT FROM preparation_attempt r
              WHERE r.programme_id = t.programme_id AND r.participation_id = t.participation_id AND r.result = 'spoke' AND r."on" >= t."on")"""


class Migration(migrations.Migration):
    """The three tries count from when somebody last spoke with them."""

    dependencies = [
        ("outcomes", "0009_tried_for_what_is_theirs"),
        ("preparation", "0029_given_by_a_room"),
    ]

    operations = [migrations.RunSQL(TRIED.replace(ALL, SINCE), TRIED)]
