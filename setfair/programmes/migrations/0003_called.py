from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_lookups")]

    operations = [
        migrations.AddField(model_name="membership", name="called", field=models.CharField(blank=True, max_length=80)),
    ]
