import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import setfair.core.records

THEIRS = Q(by_kind="participant", by__isnull=False, by=F("participation_id"), slip__isnull=True) | Q(by_kind="staff", slip__isnull=False)


def slip() -> setfair.core.records.Within:
    return setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="preparation.slip")


class Migration(migrations.Migration):
    """Own words, and whom somebody wants beside them, also from a slip of theirs that was typed in."""

    dependencies = [("preparation", "0024_more_from_slips"), ("voices", "0004_slip")]

    operations = [
        migrations.AddField("ownwords", "slip", slip()),
        migrations.AddField("companion", "slip", slip()),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_slip_id_within "
                "FOREIGN KEY (programme_id, case_id, slip_id) REFERENCES preparation_slip (programme_id, case_id, id)",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_slip_id_within",
            )
            for table in ("voices_ownwords", "voices_companion")
        ),
        migrations.RemoveConstraint("ownwords", "own_words_by_them"),
        migrations.AddConstraint("ownwords", models.CheckConstraint(condition=THEIRS, name="own_words_by_them")),
        migrations.RemoveConstraint("companion", "companion_by_them"),
        migrations.AddConstraint("companion", models.CheckConstraint(condition=THEIRS, name="companion_by_them")),
    ]
