from django.db import migrations, models

from setfair.vault.carrying import seal, unseal
from setfair.vault.fields import SealedText


class Migration(migrations.Migration):
    """What a case is about and why it rests tell of people: they lie sealed from now on. The plain columns go in the next one."""

    dependencies = [("cases", "0009_emergency"), ("vault", "0003_epochs")]

    operations = [
        migrations.RenameField("case", "matter", "matter_plain"),
        migrations.RenameField("hold", "reason", "reason_plain"),
        migrations.AddField("case", "matter", SealedText(of="id", verbose_name="what it is about, in a word or two")),
        migrations.AddField("hold", "reason", SealedText(of="case_id")),
        migrations.AlterField("case", "matter_plain", models.CharField(blank=True, default="", max_length=40)),
        migrations.AlterField("hold", "reason_plain", models.CharField(default="", max_length=80)),
        migrations.RunPython(seal("cases", "Case", "matter"), unseal("cases", "Case", "matter")),
        migrations.RunPython(seal("cases", "Hold", "reason"), unseal("cases", "Hold", "reason")),
    ]
