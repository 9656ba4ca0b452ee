from django.db import migrations, models


class Migration(migrations.Migration):
    """An account can end every stay it has, wherever that is."""

    dependencies = [
        ("accounts", "0010_over_goes_too"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="epoch",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
