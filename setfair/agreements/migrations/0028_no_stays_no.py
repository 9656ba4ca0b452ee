from importlib import import_module

from django.db import migrations

CARRIED = import_module("setfair.agreements.migrations.0026_carried")
AGAIN = CARRIED.UNTOUCHED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
SAID_NO = """    ) OR EXISTS (
        SELECT FROM agreements_concern k
        WHERE k.programme_id = NEW.programme_id AND k.agreement_id = NEW.agreement_id AND k.participation_id = NEW.participation_id
          AND k.kind IN ('unwilling', 'differs')
    ) THEN
"""


class Migration(migrations.Migration):
    """Whoever took their name off a version has it carried there no more, however often that is laid out."""

    dependencies = [("agreements", "0027_goes_on_no_more")]

    operations = [migrations.RunSQL(AGAIN.replace("    ) THEN\n", SAID_NO), AGAIN)]
