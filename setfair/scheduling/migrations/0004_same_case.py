from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase


class Migration(migrations.Migration):
    """A conference of one case cannot hang under the booking of another."""

    dependencies = [("scheduling", "0003_known_codes")]

    operations = [KeyOfCase("booking")]
