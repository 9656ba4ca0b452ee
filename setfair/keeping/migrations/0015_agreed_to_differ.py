from importlib import import_module

from django.db import migrations

BEFORE = import_module("setfair.keeping.migrations.0013_reasons").MORE
DIFFER = BEFORE.replace("'no_agreement', 'indirect'", "'no_agreement', 'indirect', 'differ'")


class Migration(migrations.Migration):
    """What ended because they agreed to differ is kept as long as what was kept."""

    dependencies = [
        ("keeping", "0014_somebody_who_takes_part"),
        ("outcomes", "0006_agreed_to_differ"),
    ]

    operations = [migrations.RunSQL(DIFFER, BEFORE)]
