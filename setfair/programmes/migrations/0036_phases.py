from django.db import migrations, models

import setfair.core.records
import setfair.programmes.models.words

BY_PLACE = """UPDATE programmes_scriptpage SET key = 'p' || "order" """
AS_ANY, AS_OWNER = "SET ROLE setfair_system", "RESET ROLE"
"""The owner of the tables is bound by the rules of their rows, and would change none."""


class Migration(migrations.Migration):
    """Each page has its part of the hour, three prompts, and a key by which it stands beside its other language.

    Pages that are there keep their words and belong to no part; ours in two languages have the same places, and so the same keys.
    """

    dependencies = [
        ("programmes", "0035_arrivals"),
    ]

    operations = [
        migrations.AddField(model_name="scriptpage", name="if_blame", field=models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(model_name="scriptpage", name="if_quiet", field=models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(model_name="scriptpage", name="if_upset", field=models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(model_name="scriptpage", name="key", field=models.CharField(max_length=20, default="")),
        migrations.RunSQL([AS_ANY, BY_PLACE, AS_OWNER], migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="scriptpage", name="key", field=models.CharField(default=setfair.programmes.models.words.new_key, max_length=20)
        ),
        migrations.AddField(
            model_name="scriptpage",
            name="phase",
            field=models.CharField(
                blank=True,
                choices=[
                    ("arrive", "Arriving"),
                    ("welcome", "Welcome"),
                    ("voices", "Each voice"),
                    ("needs", "What is needed"),
                    ("draft", "What to do"),
                    ("read_back", "Read back"),
                    ("sign", "Signing"),
                    ("close", "Closing"),
                    ("refreshments", "Food and drink"),
                    ("debrief", "Afterwards"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="scriptpage",
            constraint=models.UniqueConstraint(fields=("programme", "script", "key"), name="script_page_key"),
        ),
        migrations.AddConstraint(
            model_name="scriptpage",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "phase__in",
                        ["", "arrive", "close", "debrief", "draft", "needs", "read_back", "refreshments", "sign", "voices", "welcome"],
                    )
                ),
                name="programmes_scriptpage_phase_known",
            ),
        ),
    ]
