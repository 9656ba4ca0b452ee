from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase, SameCase


class Migration(migrations.Migration):
    """What hangs under a person's place in a case belongs to that case, and so does whom they stand by."""

    dependencies = [("cases", "0006_steps")]

    operations = [KeyOfCase("participation"), SameCase("participation", "stands_by")]
