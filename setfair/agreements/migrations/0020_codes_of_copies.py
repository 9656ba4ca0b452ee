from django.db import migrations, models

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """The code at the foot of a copy, by which anybody asks whether it is ours."""

    dependencies = [
        ("agreements", "0019_somebody_decides"),
    ]

    operations = [
        migrations.AddField(
            model_name="lastingcopy",
            name="code_digest",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddIndex(
            model_name="lastingcopy",
            index=models.Index(models.F("code_digest"), name="lasting_copy_by_code"),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=models.UniqueConstraint(fields=("programme", "code_digest"), name="lasting_copy_code_once"),
        ),
        migrations.AddConstraint(
            model_name="lastingcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(("code_digest__isnull", True), models.Q(("digest", ""), _negated=True), _connector="OR"),
                name="lasting_copy_code_of_a_file",
            ),
        ),
        Definer(
            "copy_by_code(wanted bytea)",
            "TABLE (programme_id uuid, copy_id uuid)",
            "SELECT programme_id, id FROM agreements_lastingcopy WHERE code_digest = wanted",
        ),
    ]
