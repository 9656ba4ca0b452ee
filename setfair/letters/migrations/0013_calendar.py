from django.db import migrations

from setfair.vault.fields import SealedText


class Migration(migrations.Migration):
    """A calendar file can go with an e-mail."""

    dependencies = [("letters", "0012_under_two_keys")]

    operations = [migrations.AddField(model_name="letter", name="calendar", field=SealedText(of="reader_id", within="case_id"))]
