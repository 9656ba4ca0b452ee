from django.db import migrations

from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """News of a case is told to somebody of that case."""

    dependencies = [("outcomes", "0002_known_codes"), ("cases", "0007_same_case")]

    operations = [SameCase("news", "participation")]
