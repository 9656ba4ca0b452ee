from django.db import migrations

NOW = """
DROP TRIGGER people_no_way_in_custody ON people_contact;
CREATE TRIGGER people_no_way_in_custody BEFORE INSERT OR UPDATE OF way, person_id, ended_at ON people_contact
    FOR EACH ROW WHEN (NEW.way IN ('email', 'sms', 'call') AND NEW.ended_at IS NULL) EXECUTE FUNCTION people_no_way_in_custody();
"""
BEFORE = """
DROP TRIGGER people_no_way_in_custody ON people_contact;
CREATE TRIGGER people_no_way_in_custody BEFORE INSERT OR UPDATE ON people_contact
    FOR EACH ROW WHEN (NEW.way IN ('email', 'sms', 'call') AND NEW.ended_at IS NULL) EXECUTE FUNCTION people_no_way_in_custody();
"""


class Migration(migrations.Migration):
    """A way is looked at when it is written down, taken up again or given to somebody else; a new mark of it opens nothing, and no rotation stops at it."""

    dependencies = [("people", "0015_visit_of_a_case")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
