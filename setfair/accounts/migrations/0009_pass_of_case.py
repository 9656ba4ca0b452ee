from django.db import migrations, models


class Migration(migrations.Migration):
    """A way in belongs to a case, so that its history can tell of it. Those made before this keep none."""

    dependencies = [("accounts", "0008_known_codes")]

    operations = [migrations.AddField(model_name="pass", name="case_id", field=models.UUIDField(null=True))]
