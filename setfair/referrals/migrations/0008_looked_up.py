from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0004_known_codes"),
        ("referrals", "0007_halt"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(condition=models.Q(("to_tell", True)), fields=["programme", "referral"], name="screening_to_tell"),
        ),
    ]
