import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
from setfair.core import tenant
from setfair.vault.ring import WordsAreGone

CODES = ("asked", "safety", "other", "elsewhere", "away", "exams")
OWN = """
ALTER TABLE cases_hold ADD CONSTRAINT cases_hold_own_id_within
    FOREIGN KEY (programme_id, own_id) REFERENCES programmes_ownreason (programme_id, id);
CREATE TRIGGER own_reason_fits BEFORE INSERT ON cases_hold FOR EACH ROW WHEN (NEW.own_id IS NOT NULL)
    EXECUTE FUNCTION programmes_own_reason('rest')
"""
NO_OWN = "DROP TRIGGER own_reason_fits ON cases_hold; ALTER TABLE cases_hold DROP CONSTRAINT cases_hold_own_id_within"


def carry(apps, schema_editor):
    """The code that lay sealed; words from before there were codes say no more than that there was another reason."""
    for row in _rows(apps):
        with tenant.inside(row.programme_id):
            try:
                said = str(row.reason or "")
            except WordsAreGone:
                said = ""
        apps.get_model("cases", "Hold").objects.filter(programme_id=row.programme_id, pk=row.pk).update(code=said if said in CODES else "other")


def carry_back(apps, schema_editor):
    for row in _rows(apps):
        with tenant.inside(row.programme_id):
            row.reason = row.code if row.code in CODES else "other"
            row.save(update_fields=["reason"])


def _rows(apps):
    return apps.get_model("cases", "Hold").objects.order_by("programme_id", "pk").iterator(chunk_size=500)


class Migration(migrations.Migration):
    """A case rests for a code of the list, in the open like the code for which it ends; no words about anybody are among them."""

    dependencies = [
        ("cases", "0017_names"),
        ("programmes", "0026_reasons"),
        ("vault", "0003_epochs"),
    ]

    operations = [
        migrations.AddField("hold", "code", models.CharField(max_length=20, default="other"), preserve_default=False),
        migrations.RunPython(carry, carry_back),
        migrations.RemoveField("hold", "reason"),
        migrations.RenameField("hold", "code", "reason"),
        migrations.AddField(
            model_name="hold",
            name="own",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.ownreason"),
        ),
        migrations.AlterField(
            model_name="hold",
            name="reason",
            field=models.CharField(
                choices=[
                    ("asked", "someone asked for time"),
                    ("later", "it is done later"),
                    ("safety", "we are looking at safety again"),
                    ("other", "another reason"),
                    ("sender_waits", "whoever sent it asked us to wait"),
                    ("elsewhere", "another process has to end first"),
                    ("away", "someone is away or ill"),
                    ("exams", "exams or holidays"),
                    ("own", "a reason of our own"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own__isnull", False), ("reason", "own")),
                    models.Q(models.Q(("reason", "own"), _negated=True), ("own__isnull", True)),
                    _connector="OR",
                ),
                name="hold_one_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("reason__in", ["asked", "away", "elsewhere", "exams", "later", "other", "own", "safety", "sender_waits"])),
                name="cases_hold_reason_known",
            ),
        ),
        migrations.RunSQL(OWN, NO_OWN),
    ]
