from django.db import migrations

NOW = """
DROP TRIGGER people_visit_in_hours ON people_visit;
CREATE TRIGGER people_visit_in_hours AFTER INSERT ON people_visit FOR EACH ROW EXECUTE FUNCTION people_visit_in_hours()
"""
BEFORE = """
DROP TRIGGER people_visit_in_hours ON people_visit;
CREATE TRIGGER people_visit_in_hours BEFORE INSERT ON people_visit FOR EACH ROW EXECUTE FUNCTION people_visit_in_hours()
"""


class Migration(migrations.Migration):
    """The hours of the place are asked once the wall has let the row through: nobody learns of another programme from them."""

    dependencies = [
        ("people", "0012_custody"),
    ]

    operations = [
        migrations.RunSQL(NOW, BEFORE),
    ]
