from importlib import import_module

from django.db import migrations

CARRIED = import_module("setfair.agreements.migrations.0026_carried")
AGAIN = CARRIED.UNDER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
# Whoever said since that they do not want to sign has their name there no more.
TAKEN_OFF = """
      AND NOT EXISTS (
        SELECT FROM agreements_concern k
        WHERE k.programme_id = c.programme_id AND k.agreement_id = c.agreement_id AND k.participation_id = c.participation_id
          AND k.kind IN ('unwilling', 'differs') AND k.at >= c.at)
$under$"""
# Where something is different, somebody has said yes to just that: no version holds on names alone that go on.
SOMEBODY_NEW = """OR NEW.follows_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM agreements_signature s WHERE s.programme_id = NEW.programme_id AND s.agreement_id = NEW.id
    ) AND EXISTS (SELECT FROM agreements_different(NEW.programme_id, NEW.follows_id, NEW.id))
    """
SIGNED = CARRIED.SIGNED.replace("agreements_signature s", "agreements_under(NEW.programme_id, NEW.id) s")


class Migration(migrations.Migration):
    """A name that goes on can be taken off, and nothing that is different holds without a yes to it."""

    dependencies = [("agreements", "0026_carried")]

    operations = [
        migrations.RunSQL(AGAIN.replace("\n$under$", TAKEN_OFF), AGAIN),
        migrations.RunSQL(SIGNED.replace(" THEN\n        RAISE", " " + SOMEBODY_NEW + "THEN\n        RAISE"), SIGNED),
    ]
