from django.db import migrations, models


class Migration(migrations.Migration):
    """What came back may be from any of those who share an address."""

    dependencies = [
        ("letters", "0009_shared_ends"),
    ]

    operations = [
        migrations.AddField(
            model_name="cameback",
            name="is_uncertain",
            field=models.BooleanField(default=False),
        ),
    ]
