import datetime

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("journal", "0001_initial"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("verb", "moved")), fields=["programme", "subject_id"], name="entry_of_step"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("actor_kind__in", ["anyone", "participant", "referrer", "staff", "system"])),
                name="journal_entry_actor_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="journal_entry_at_has_come",
            ),
        ),
    ]
