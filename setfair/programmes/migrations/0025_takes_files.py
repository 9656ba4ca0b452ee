from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether anybody who asks may send files with it."""

    dependencies = [
        ("programmes", "0024_checklist"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="takes_files",
            field=models.BooleanField(db_default=False, default=False, verbose_name="anybody who asks may send files"),
        ),
    ]
