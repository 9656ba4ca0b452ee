from django.db import migrations

BEHIND = """
DROP TRIGGER signature_seen ON agreements_signature;
CREATE TRIGGER signature_seen BEFORE INSERT ON agreements_signature FOR EACH ROW
WHEN (NEW.participation_id IS NOT NULL AND (NEW.seen IS NULL OR NEW.language = '')) EXECUTE FUNCTION agreements_seen()
"""
BEFORE = """
DROP TRIGGER signature_seen ON agreements_signature;
CREATE TRIGGER signature_seen BEFORE INSERT ON agreements_signature FOR EACH ROW
WHEN (NEW.seen IS NULL OR NEW.language = '') EXECUTE FUNCTION agreements_seen()
"""


class Migration(migrations.Migration):
    """Whoever stands before the wall hears of the wall and not of what is behind it."""

    dependencies = [
        ("agreements", "0023_scans"),
    ]

    operations = [migrations.RunSQL(BEHIND, BEFORE)]
