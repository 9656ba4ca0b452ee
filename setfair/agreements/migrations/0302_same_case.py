from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase, SameCase


class Migration(migrations.Migration):
    """Nobody of another case promises, signs or is owed anything here, and proof stays with the case of its promise."""

    dependencies = [("agreements", "0301_steps"), ("cases", "0302_same_case"), ("conferences", "0302_same_case")]

    operations = [
        KeyOfCase("agreement"),
        KeyOfCase("item"),
        SameCase("agreement", "conference"),
        SameCase("item", "agreement", "owner", "owed_to"),
        SameCase("signer", "agreement", "participation"),
        SameCase("signature", "agreement", "participation"),
        SameCase("concern", "agreement", "participation"),
        SameCase("extension", "item"),
        SameCase("evidence", "item"),
    ]
