from django.db import migrations

from setfair.vault.carrying import under_one, under_two
from setfair.vault.fields import SealedText


class Migration(migrations.Migration):
    """What is written to somebody about a case, and what comes back, is sealed under the keys of both; what lies here already, too."""

    dependencies = [("letters", "0011_quiet"), ("vault", "0003_epochs")]

    operations = [
        migrations.AlterField(model_name="letter", name="address", field=SealedText(of="reader_id", within="case_id")),
        migrations.AlterField(model_name="letter", name="body", field=SealedText(of="reader_id", within="case_id")),
        migrations.AlterField(model_name="cameback", name="words", field=SealedText(of="owner_id", within="case_id")),
        migrations.AlterField(model_name="cameback", name="sender", field=SealedText(of="owner_id", within="case_id")),
        migrations.RunPython(under_two("letters", "Letter"), under_one("letters", "Letter")),
        migrations.RunPython(under_two("letters", "CameBack"), under_one("letters", "CameBack")),
    ]
