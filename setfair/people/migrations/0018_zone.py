from django.db import migrations

import setfair.vault.fields


class Migration(migrations.Migration):
    """By whose clock somebody lives."""

    dependencies = [("people", "0017_times_as")]

    operations = [
        migrations.AddField(model_name="person", name="zone", field=setfair.vault.fields.SealedText(of="id", verbose_name="time zone")),
    ]
