from django.db import migrations

from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """News of a case is told to somebody of that case."""

    dependencies = [("outcomes", "0300_known_codes"), ("cases", "0302_same_case")]

    operations = [SameCase("news", "participation")]
