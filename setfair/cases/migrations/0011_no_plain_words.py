from django.db import migrations


class Migration(migrations.Migration):
    """The tables are written anew without what lay in the plain columns: rows that were changed would keep it until something overwrote them."""

    atomic = False
    dependencies = [("cases", "0010_sealed_words")]

    operations = [
        migrations.RemoveField("case", "matter_plain"),
        migrations.RemoveField("hold", "reason_plain"),
        migrations.RunSQL("VACUUM (FULL) cases_case", migrations.RunSQL.noop),
        migrations.RunSQL("VACUUM (FULL) cases_hold", migrations.RunSQL.noop),
    ]
