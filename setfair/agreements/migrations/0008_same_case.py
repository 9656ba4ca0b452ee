from django.db import migrations

from setfair.core.walls_of_cases import KeyOfCase, SameCase


class Migration(migrations.Migration):
    """Nobody of another case promises, signs or is owed anything here, and proof stays with the case of its promise."""

    dependencies = [("agreements", "0007_steps"), ("cases", "0007_same_case"), ("conferences", "0004_same_case")]

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
