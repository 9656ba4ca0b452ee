from django.db import migrations

import setfair.vault.fields


class Migration(migrations.Migration):
    """Why a time was booked although somebody had said no to it."""

    dependencies = [("scheduling", "0001_initial")]

    operations = [migrations.AddField(model_name="booking", name="despite", field=setfair.vault.fields.SealedText(of="case_id"))]
