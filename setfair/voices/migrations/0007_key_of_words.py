from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase


class Migration(migrations.Migration):
    """What somebody wants to ask can be marked in the circle of its own case."""

    dependencies = [("voices", "0006_standin")]

    operations = [KeyOfCase("ownwords")]
