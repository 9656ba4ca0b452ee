from django.db import migrations, models


class Migration(migrations.Migration):
    """A link remembers to whom it was sent, and over which way. A link from before that does not, and runs out within three days."""

    dependencies = [("accounts", "0003_lookups")]

    operations = [
        migrations.AddField("pass", "reader_id", models.UUIDField(null=True)),
        migrations.AddField("pass", "way", models.CharField(blank=True, db_default="", default="", max_length=6)),
    ]
