from django.db import migrations

from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """A fact about a person stands in the case they have their place in, and so does whoever answered for them."""

    dependencies = [("preparation", "0005_known_codes"), ("cases", "0007_same_case")]

    operations = [
        SameCase("invitation", "participation"),
        SameCase("meeting", "participation"),
        SameCase("acknowledgement", "participation"),
        SameCase("safetycheck", "participation"),
        SameCase("noguardian", "participation"),
        SameCase("consent", "participation", "giver"),
        SameCase("override", "participation"),
    ]
